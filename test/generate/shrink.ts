import type { Recipe } from './generate.js';
import { VIEWS } from './render/to-document.js';

/** The simplest recipe that still fails: fewer breaks first, then a plainer view of the tables. */
export function shrink(recipe: Recipe, fails: (candidate: Recipe) => boolean): Recipe {
  for (const candidate of simpler(recipe)) {
    if (fails(candidate)) return shrink(candidate, fails);
  }
  return recipe;
}

function simpler(recipe: Recipe): Recipe[] {
  const fewer = recipe.breaks.map((gone) => ({
    ...recipe,
    breaks: recipe.breaks.filter((name) => name !== gone),
  }));
  const plainer = VIEWS.slice(0, VIEWS.indexOf(recipe.view)).map((view) => ({ ...recipe, view }));
  return [...fewer, ...plainer];
}
