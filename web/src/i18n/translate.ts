import { language } from '../app/settings.js';
import { useStore } from '../app/store.js';
import { en, type MessageKey } from './en.js';
import { zh } from './zh.js';

export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, values?: Values) => string;

/** The sentence for `key` in the reader's language; `{name}` is filled from `values`. */
export function translate(key: MessageKey, values: Values = {}): string {
  const sentence: string = (language.get() === 'zh' ? zh : en)[key];
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** `translate`, drawing the component again when the language changes. */
export function useTranslate(): Translate {
  useStore(language);
  return translate;
}

/** True where `key` is a sentence of the app: for keys put together from data. */
export function isMessageKey(key: string): key is MessageKey {
  return key in en;
}
