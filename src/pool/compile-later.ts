import { setFlagsFromString } from 'node:v8';

/**
 * How much of a function's code has to run before V8 compiles it anew, optimised (bytes of its bytecode). V8's own
 * default of 67,584 suits pages that live for seconds. Documents take a large program of which no part is very hot, and
 * every thread compiles for itself: waiting longer saved a tenth to a fifth of the processor's time and costs none later.
 */
const OPTIMISED_AFTER_BYTES = 400_000;

/** Sets when the threads of this process, those already running too, compile what they run often. */
export function compileLater(): void {
  setFlagsFromString(`--interrupt-budget=${OPTIMISED_AFTER_BYTES}`);
}
