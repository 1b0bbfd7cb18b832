import { TestEnvironment } from 'jest-environment-node';

/** Native modules check for the outer realm's typed arrays, so the sandbox must share them. */
const SHARED = ['Float32Array', 'Uint8Array', 'Int32Array', 'BigInt64Array', 'Float64Array', 'ArrayBuffer'];

export default class SharedTypedArrays extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of SHARED) this.global[name] = globalThis[name];
  }
}

// Tests have a copy of the environment, which libraries do not see: this is what src/ocr/refuse-telemetry.ts does.
process.env.ORT_DISABLE_TELEMETRY = '1';
