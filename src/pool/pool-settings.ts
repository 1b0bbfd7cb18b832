import type { SlotSettings } from './slot.js';

export interface PoolSettings extends SlotSettings {
  /** Threads, and so documents read at the same time. */
  readonly threads: number;
  /** Pages recognised at the same time, of all documents together, each in a process of its own. */
  readonly ocrJobs: number;
}

export const DEFAULT_POOL_SETTINGS: PoolSettings = {
  threads: 1,
  ocrJobs: 1,
  timeoutMs: 120_000,
  heapMb: 1_024,
  recycleAboveMb: 512,
  recycleAfterDocuments: 5_000,
};
