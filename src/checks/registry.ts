import type { CheckKind } from './check.js';
import { identityCheck } from './identity.js';
import { proseChecks } from './prose-counts.js';

/** Every kind of check, in the order in which a record lists its results. */
export const CHECKS: readonly CheckKind[] = [identityCheck, ...proseChecks];
