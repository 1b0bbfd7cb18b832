import { fileURLToPath } from 'node:url';

/** Folder of the checkout: where samples and the built app stand. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
