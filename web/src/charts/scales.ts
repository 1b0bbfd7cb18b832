import type { Colours } from './chart.js';

/** An axis in the theme's colours, with its name. */
export function axis(colours: Colours, name: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    ticks: { color: colours.muted },
    grid: { color: colours.line },
    title: { display: name !== '', text: name, color: colours.muted },
    ...more,
  };
}

/** The legend in the theme's colours, or none. */
export function legend(colours: Colours, isShown: boolean) {
  return { display: isShown, labels: { color: colours.text, boxWidth: 12 } };
}
