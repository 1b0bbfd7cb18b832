import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { isGoneHere, workerName } from '../../src/workers/worker-name.js';

describe('isGoneHere', () => {
  it('knows this process, processes that run, and processes that ended', () => {
    expect(isGoneHere(workerName())).toBe(true);
    expect(isGoneHere(`${hostname()}/${process.ppid}`)).toBe(false);
    expect(isGoneHere(`${hostname()}/${spawnSync('true').pid}`)).toBe(true);
  });

  it('takes workers of other machines for alive', () => {
    expect(isGoneHere('elsewhere/1')).toBe(false);
  });
});
