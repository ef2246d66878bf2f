import { resourceName } from '../model/in-words.ts';
import { fits } from '../model/labels.ts';
import type { Note } from '../model/note.ts';
import type { Signal } from '../model/signal.ts';
import { namesOf } from './blind.ts';
import type { ResourceRows } from './rows.ts';

/**
 * What is said of a quota of which both use and size are told, and not whether it keeps anything from running, as where a relabelling drops these series: it can only be concluded from what else is ruled out. Other
 * resources are told without a wait so often that doctor tells it of all of them.
 */
export function notesOnUntoldWaits(
  { resource, told, rows }: ResourceRows,
  signals: readonly Signal[],
): readonly Note[] {
  const candidates = rows.find(({ role }) => role === 'queue')?.candidates ?? [];
  if (told.kind !== 'quota' || candidates.length === 0 || !isBounded(signals)) return [];
  if (signals.some(({ role }) => role === 'queue')) return [];
  const cure = told.cure === undefined ? 'let Prometheus keep them' : `${told.cure}, and let Prometheus keep them`;
  const text = `${resourceName(resource)}: no series of ${namesOf(candidates)} tells when it keeps work from running, so that how much of it is used is all that is known; cure: ${cure}`;
  return [{ about: 'data', text }];
}

const isBounded = (signals: readonly Signal[]): boolean =>
  signals.some(
    ({ role, at }) => role === 'usage' && signals.some((other) => other.role === 'ceiling' && fits(other.at, at)),
  );
