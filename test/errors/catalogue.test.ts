import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AppError, asAppError } from '../../src/errors/app-error.js';
import { CATALOGUE, type ErrorCode } from '../../src/errors/codes.js';

const CODES = Object.keys(CATALOGUE) as ErrorCode[];

describe('error catalogue', () => {
  test.each(CODES)('%s says what happened and what to do', (code) => {
    expect(CATALOGUE[code].help).toMatch(/^(?:[A-Z]|gongkai ).*\.$/);
    expect(CATALOGUE[code].status).toBeGreaterThanOrEqual(400);
  });

  test('every code that the source names is in the catalogue', () => {
    const named = sources().flatMap((text) =>
      [...text.matchAll(/new AppError\(\s*'([A-Z_]+)'/g)].map((match) => match[1]),
    );
    expect(named.filter((code) => !CODES.includes(code as ErrorCode))).toEqual([]);
  });

  test('an AppError knows its category and whether trying again can help', () => {
    expect(new AppError('TIME_LIMIT', 'late')).toMatchObject({ category: 'limit', retryable: true });
    expect(new AppError('SOURCE_CORRUPT', 'broken')).toMatchObject({ category: 'input', retryable: false });
  });

  test('asAppError keeps an AppError and gives a code to anything else', () => {
    const known = new AppError('SOURCE_EMPTY', 'nothing');
    const cause = new TypeError('odd');
    expect(asAppError(known, 'INVARIANT_BROKEN')).toBe(known);
    expect(asAppError(cause, 'INVARIANT_BROKEN')).toMatchObject({
      code: 'INVARIANT_BROKEN',
      message: 'odd',
      cause,
    });
    expect(asAppError('text', 'INVARIANT_BROKEN').message).toBe('text');
  });
});

function sources(): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('src', name), 'utf8'));
}
