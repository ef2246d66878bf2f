import type { Note } from '../model/note.ts';
import type { Plan } from '../model/plan.ts';
import type { Trial } from '../model/trial.ts';
import { recoveryInWords } from './after-spike.ts';

/** What the way in which load was offered has to tell by itself. */
export function notesOf(plan: Plan, history: readonly Trial[]): readonly Note[] {
  if (history.length === 0) return [];
  const text = plan.kind === 'search' ? undefined : recoveryInWords(history);
  return text === undefined ? [] : [{ about: 'load', text }];
}
