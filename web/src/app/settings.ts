import { createStore } from './store.js';

export type Language = 'en' | 'zh';
export type Theme = 'light' | 'dark';

const LANGUAGE_KEY = 'gongkai.language';
const THEME_KEY = 'gongkai.theme';

/** Chosen by the reader, else as the browser says. Kept in this browser. */
export const language = createStore<Language>(
  choice(LANGUAGE_KEY, ['en', 'zh']) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en'),
);

/** Light or dark, chosen by the reader, else as the system says. */
export const theme = createStore<Theme>(
  choice(THEME_KEY, ['light', 'dark']) ??
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
);

/** Shows the settings on the page, now and whenever they change. */
export function applySettings(): void {
  const show = (): void => {
    document.documentElement.lang = language.get() === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset['theme'] = theme.get();
  };
  show();
  language.subscribe(() => {
    localStorage.setItem(LANGUAGE_KEY, language.get());
    show();
  });
  theme.subscribe(() => {
    localStorage.setItem(THEME_KEY, theme.get());
    show();
  });
}

function choice<T extends string>(key: string, choices: readonly T[]): T | undefined {
  const kept = localStorage.getItem(key);
  return choices.find((one) => one === kept);
}
