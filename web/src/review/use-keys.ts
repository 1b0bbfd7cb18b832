import { useEffect, useRef } from 'preact/hooks';

/** What each key does; names as in KeyboardEvent.key. */
export type KeyMap = Readonly<Record<string, () => void>>;

/**
 * Keys that work anywhere on the page, except while something is typed, a dialog is open, or a key with a meaning of
 * its own (Enter, arrows) is pressed on a button, link or list.
 */
export function useKeys(keys: KeyMap): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const action = current.current[event.key];
      if (!action || isTaken(event)) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function isTaken(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, dialog, [contenteditable]')) return true;
  const isActive = target.closest('button, a, summary') !== null;
  if (event.key === 'Enter') return isActive;
  if (event.key.startsWith('Arrow')) return target.closest('[role="tablist"], .source-pane') !== null;
  return false;
}
