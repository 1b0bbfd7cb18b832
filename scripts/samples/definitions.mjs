import { makeDocxSamples } from './docx-samples.mjs';
import { makeHtmlSamples } from './html-samples.mjs';
import { makePdfSamples } from './pdf-samples.mjs';
import { makeTextSamples } from './text-samples.mjs';

/** Every sample: { path, bytes, truth }. The truth comes from the figures that the sample was made of, never from a run. */
export function makeSamples() {
  return [...makeTextSamples(), ...makePdfSamples(), ...makeDocxSamples(), ...makeHtmlSamples()];
}
