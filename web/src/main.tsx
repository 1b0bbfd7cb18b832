import { render } from 'preact';
import { App } from './app/app.js';
import { applySettings } from './app/settings.js';
import './styles/base.css';
import './styles/review.css';

applySettings();
const root = document.getElementById('app');
if (root) render(<App />, root);
