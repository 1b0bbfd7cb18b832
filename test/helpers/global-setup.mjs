import { build } from '../../scripts/build.mjs';

/** Worker threads and the command line run compiled code, so tests of them need a fresh build. */
export default async function globalSetup() {
  await build();
}
