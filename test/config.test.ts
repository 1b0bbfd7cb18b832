import { availableParallelism } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { describeEnvironment, loadConfig } from '../src/config.js';

describe('loadConfig', () => {
  test('has a default for everything and is frozen', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ logLevel: 'warn', timeoutMs: 120_000, plainOutput: false });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ GONGKAI_TIMEOUT_MS: '' }).timeoutMs).toBe(120_000);
  });

  test('recognises as many pages at the same time as it is told to, by itself one a processor at most', () => {
    expect(loadConfig({ GONGKAI_OCR_JOBS: '3' }).ocrJobs).toBe(3);
    const { ocrJobs } = loadConfig({});
    expect(ocrJobs).toBeGreaterThanOrEqual(1);
    expect(ocrJobs).toBeLessThanOrEqual(availableParallelism());
  });

  test('names every variable that does not fit', () => {
    const load = (): unknown => loadConfig({ GONGKAI_JOBS: 'many', GONGKAI_HEAP_MB: '1' });
    expect(load).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(load).toThrow(/GONGKAI_JOBS.*GONGKAI_HEAP_MB/);
  });

  test('leaves colours and bars out where the user asks for plain output', () => {
    expect(loadConfig({ NO_COLOR: '1' }).plainOutput).toBe(true);
    expect(loadConfig({ TERM: 'dumb' }).plainOutput).toBe(true);
  });

  test('describes every variable for the documentation', () => {
    for (const { name, meaning, standard } of describeEnvironment()) {
      expect(name).toMatch(/^(?:GONGKAI|OTEL)_[A-Z0-9_]+$/);
      expect(meaning).toMatch(/\.$/);
      expect(standard).not.toBe('undefined');
    }
  });
});
