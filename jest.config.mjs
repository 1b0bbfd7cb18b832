/** Tests run as ES modules; `npm test` sets --experimental-vm-modules. */
export default {
  testEnvironment: './test/helpers/environment.mjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  globalSetup: './test/helpers/global-setup.mjs',
  // Generous: a busy machine is no reason to fail, and what hangs still ends.
  testTimeout: 300_000,
};
