import type { Recipe } from './generate.js';
import { type View, VIEWS } from './render/to-document.js';

/** The simplest recipe that still fails: fewer breaks first, then a plainer view of the tables. */
export async function shrink(
  recipe: Recipe,
  fails: (candidate: Recipe) => Promise<boolean>,
): Promise<Recipe> {
  for (const candidate of simpler(recipe)) {
    if (await fails(candidate)) return shrink(candidate, fails);
  }
  return recipe;
}

function simpler(recipe: Recipe): Recipe[] {
  const fewer = recipe.breaks.map((gone) => ({
    ...recipe,
    breaks: recipe.breaks.filter((name) => name !== gone),
  }));
  const place = (VIEWS as readonly string[]).indexOf(recipe.view);
  const plainer = VIEWS.slice(0, place < 0 ? VIEWS.length : place).map((view: View) => ({ ...recipe, view }));
  return [...fewer, ...plainer];
}
