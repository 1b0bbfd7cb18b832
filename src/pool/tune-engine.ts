import { setFlagsFromString } from 'node:v8';

/**
 * How much of a function's code has to run before V8 compiles it anew, optimised (bytes of its bytecode). V8's own
 * default of 67,584 suits pages that live for seconds. Documents take a large program of which no part is very hot, and
 * every thread compiles for itself: waiting longer saved a tenth to a fifth of the processor's time and costs none later.
 */
const OPTIMISED_AFTER_BYTES = 400_000;
/**
 * By how much a heap may grow over what was alive in it before V8 looks through all of it again (percent). Left to itself
 * V8 takes less where little was allocated lately, as in a thread that waits for documents; and with each such collection
 * it forgets the optimised code of every function made anew for each document, about a hundred of them, to compile them
 * again. Twice the size saved four milliseconds of 41 a PDF there; four times saves little more, and holds 120 MB more.
 */
const HEAP_GROWTH_PERCENT = 100;

/** Sets when the threads of this process, those already running too, compile what they run often and collect what they left. */
export function tuneEngine(): void {
  setFlagsFromString(`--interrupt-budget=${OPTIMISED_AFTER_BYTES}`);
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
}
