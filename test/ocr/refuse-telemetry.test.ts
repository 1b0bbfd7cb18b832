import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { TemporaryFolder } from '../helpers/temporary-folder.js';

const MODELS = pathToFileURL(join(process.cwd(), 'dist', 'ocr', 'models.js')).href;
const LOAD = `import('${MODELS}').then(({ loadOcrModels }) => loadOcrModels()).then(() => process.stdout.write('loaded'))`;
/** ONNX Runtime stays silent by itself where it takes the machine for one that builds or tests. */
const SILENCERS = ['ORT_DISABLE_TELEMETRY', 'ORT_RUNNING_UNIT_TESTS', 'CI', 'GITHUB_ACTIONS', 'TF_BUILD'];

describe('refuseTelemetry', () => {
  const folder = new TemporaryFolder();
  afterAll(() => folder.remove());

  test('the recognition network leaves no identifier, no queue of events and no log behind', () => {
    const inherited = Object.entries(process.env).filter(([name]) => !SILENCERS.includes(name));
    const [home, temporary] = ['home', 'temporary'].map((name) => join(folder.path, name));
    for (const path of [home, temporary]) mkdirSync(path ?? '');
    const env = {
      ...Object.fromEntries(inherited),
      HOME: home,
      XDG_CACHE_HOME: undefined,
      TMPDIR: temporary,
    };
    const printed = execFileSync(process.execPath, ['-e', LOAD], { encoding: 'utf8', env });
    expect(printed).toBe('loaded');
    expect(readdirSync(folder.path, { recursive: true }).sort()).toEqual(['home', 'temporary']);
  });
});
