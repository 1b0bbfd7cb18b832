import { FORMS } from '../../src/forms/registry.js';
import { drawRecipe, type Recipe } from './generate.js';
import { judge, type Verdict } from './judge.js';

/** What came of all documents with one break, or of one kind of table. */
export interface Tally {
  documents: number;
  fields: number;
  wrong: number;
  accepted: number;
  silent: number;
}

/** What a run over many generated documents found. */
export interface Sweep {
  readonly documents: number;
  /** Tables of the official forms among them: three a report, one in those of form 2014. */
  readonly tables: number;
  /** By the name of a break, `none`, or `view:` and the name of a view. */
  readonly byKind: ReadonlyMap<string, Tally>;
  /** Documents with at least one field that is wrong and claims to be sure. */
  readonly failures: readonly Recipe[];
}

/** Reads the documents of `count` seeds from `first` on, `step` apart (so that several processes can share them). */
export async function sweep(first: number, count: number, step = 1): Promise<Sweep> {
  const byKind = new Map<string, Tally>();
  const failures: Recipe[] = [];
  let tables = 0;
  for (let i = 0; i < count; i++) {
    const recipe = drawRecipe(first + i * step);
    const verdict = await judge(recipe);
    tables += FORMS.find((form) => form.id === verdict.form)?.tables.length ?? 0;
    for (const kind of kindsOf(recipe)) add(byKind, kind, verdict);
    if (verdict.silent.length > 0) failures.push(recipe);
  }
  return { documents: count, tables, byKind, failures };
}

/** Several runs as one. */
export function mergeSweeps(sweeps: readonly Sweep[]): Sweep {
  const byKind = new Map<string, Tally>();
  for (const [kind, tally] of sweeps.flatMap((part) => [...part.byKind])) {
    const sum = byKind.get(kind) ?? emptyTally();
    byKind.set(kind, {
      documents: sum.documents + tally.documents,
      fields: sum.fields + tally.fields,
      wrong: sum.wrong + tally.wrong,
      accepted: sum.accepted + tally.accepted,
      silent: sum.silent + tally.silent,
    });
  }
  return {
    documents: sweeps.reduce((sum, part) => sum + part.documents, 0),
    tables: sweeps.reduce((sum, part) => sum + part.tables, 0),
    byKind,
    failures: sweeps.flatMap((part) => part.failures),
  };
}

function kindsOf(recipe: Recipe): string[] {
  return ['all', `view:${recipe.view}`, ...(recipe.breaks.length > 0 ? recipe.breaks : ['none'])];
}

function add(byKind: Map<string, Tally>, kind: string, verdict: Verdict): void {
  const tally = byKind.get(kind) ?? emptyTally();
  tally.documents++;
  tally.fields += verdict.fields;
  tally.wrong += verdict.wrong.length;
  tally.accepted += verdict.accepted;
  tally.silent += verdict.silent.length;
  byKind.set(kind, tally);
}

function emptyTally(): Tally {
  return { documents: 0, fields: 0, wrong: 0, accepted: 0, silent: 0 };
}
