import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';

describe('package-lock.json', () => {
  test('holds every optional package of every platform, without which npm ci refuses it', () => {
    const list =
      "import('./scripts/complete-lock.mjs').then(({ missingEntries }) => console.log(JSON.stringify(" +
      "Object.keys(missingEntries(JSON.parse(require('node:fs').readFileSync('package-lock.json', 'utf8')))))))";
    // Where this fails: node scripts/complete-lock.mjs
    expect(JSON.parse(execFileSync(process.execPath, ['-e', list], { encoding: 'utf8' }))).toEqual([]);
  });
});
