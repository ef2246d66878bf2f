import type { Note } from '../model/note.ts';
import type { Plan } from '../model/plan.ts';
import type { Trial } from '../model/trial.ts';
import { searchFound } from './search-found.ts';

/** What the way in which load was offered has to tell by itself. */
export function notesOf(plan: Plan, history: readonly Trial[]): readonly Note[] {
  if (plan.kind !== 'search' || history.length === 0) return [];
  return [{ about: 'load', text: searchFound(plan.search, history) }];
}
