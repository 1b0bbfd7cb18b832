import { createHash } from 'node:crypto';

/** The only style of a rendering; policies allow it by its hash. */
export const RENDERING_STYLE = `
:root { color-scheme: light; }
body { margin: 1.5rem auto; max-width: 60rem; padding: 0 1rem; background: #fff; color: #1b1f24;
  font: 15px/1.7 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 1.4em 0 .6em; }
p { margin: .5em 0; white-space: pre-wrap; }
.furniture { color: #6b7280; font-size: .9em; }
.scroll { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; margin: 0 auto; }
td { border: 1px solid #6b7280; padding: .2em .5em; text-align: center; vertical-align: middle; white-space: pre-wrap; }
td.gap { border-style: dotted; }
td.number { white-space: nowrap; }
`;

/** As it stands in a Content-Security-Policy. */
export const RENDERING_STYLE_HASH = `sha256-${createHash('sha256').update(RENDERING_STYLE).digest('base64')}`;
