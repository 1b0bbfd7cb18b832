import { styleText } from 'node:util';
import type { Config } from '../config.js';
import type { Output } from './context.js';

export type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';
/** Paints text where colours are wanted and returns it as it is where they are not. */
export type Paint = (colour: Colour, text: string) => string;

/** Colours only on a terminal, and never where the user asked for plain output. */
export function paintFor(output: Output, config: Config): Paint {
  if (!output.isTTY || config.plainOutput) return (_, text) => text;
  // Whether `output` is a terminal has been asked; Node would ask about the process's own output instead.
  return (colour, text) => styleText(colour, text, { validateStream: false });
}
