import type { ConfidenceModel } from '../../src/confidence/causes.js';
import { confidenceOf } from '../../src/confidence/score-fields.js';
import { fitModel } from './model.js';
import type { Sample } from './sample.js';

/** A field with the confidence that a model gave which had not seen its document. */
export interface Prediction {
  readonly sample: Sample;
  readonly confidence: number;
}

/** Figures under the names of bench/score.py. */
export interface CalibrationFigures {
  readonly fields: number;
  readonly right: number;
  readonly accepted: number;
  readonly silent: number;
  readonly ece: number;
  readonly brier: number;
}

/** Part of a reliability diagram: fields whose confidence lies between two bounds. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly fields: number;
  readonly confidence: number;
  readonly right: number;
}

const FOLDS = 5;
const ACCEPTED = 0.99;
const ECE_BINS = 10;

/** Gives every field the confidence of a model fitted to the documents of the other folds. */
export function predictHeldOut(samples: readonly Sample[]): Prediction[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const isHeldOut = (sample: Sample): boolean => sample.document % FOLDS === fold;
    const model = fitModel(samples.filter((sample) => !isHeldOut(sample)));
    return predict(samples.filter(isHeldOut), model);
  });
}

/** Gives every field the confidence of one model. */
export function predict(samples: readonly Sample[], model: ConfidenceModel): Prediction[] {
  return samples.map((sample) => ({ sample, confidence: confidenceOf(sample.causes, model) }));
}

/** How well confidences agree with what was right. */
export function measure(predictions: readonly Prediction[]): CalibrationFigures {
  const fields = predictions.length;
  const accepted = predictions.filter(({ confidence }) => confidence >= ACCEPTED);
  const squares = predictions.reduce(
    (sum, { sample, confidence }) => sum + (confidence - Number(sample.isRight)) ** 2,
    0,
  );
  const bounds = Array.from({ length: ECE_BINS + 1 }, (_, i) => i / ECE_BINS);
  const gaps = binsOf(predictions, bounds).reduce(
    (sum, bin) => sum + bin.fields * Math.abs(bin.confidence - bin.right),
    0,
  );
  return {
    fields,
    right: predictions.filter(({ sample }) => sample.isRight).length / fields,
    accepted: accepted.length / fields,
    silent: accepted.filter(({ sample }) => !sample.isRight).length,
    ece: gaps / fields,
    brier: squares / fields,
  };
}

/** Mean confidence and share of right fields between each two neighbouring bounds; bins without fields are left out. */
export function binsOf(predictions: readonly Prediction[], bounds: readonly number[]): Bin[] {
  return bounds.slice(0, -1).flatMap((from, i): Bin[] => {
    const to = bounds[i + 1] ?? 1;
    const isLast = i === bounds.length - 2;
    const own = predictions.filter(({ confidence }) => confidence >= from && (confidence < to || isLast));
    if (own.length === 0) return [];
    const confidence = own.reduce((sum, prediction) => sum + prediction.confidence, 0) / own.length;
    const right = own.filter(({ sample }) => sample.isRight).length / own.length;
    return [{ from, to, fields: own.length, confidence, right }];
  });
}
