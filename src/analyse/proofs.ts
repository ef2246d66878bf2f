import type { Proof } from '../model/finding.ts';
import { amount, duration, percent, rate, worded } from '../model/in-words.ts';
import type { Role } from '../model/resource.ts';
import type { Sheet } from '../model/sheet.ts';
import { holdTimes, lowHoldTime } from './holds/hold-time.ts';
import { type Case, fillOf, known } from './seen/cases.ts';
import type { View } from './seen/view.ts';

/** The readings a claim about a resource rests on: before and at the highest load, each with the PromQL that repeats it. */
export function proofsOf(one: Case, view: View, sheet: Sheet): readonly Proof[] {
  return [
    usageProof(one, view, sheet),
    waitProof(one, view, sheet, 'queue'),
    waitProof(one, view, sheet, 'refusals'),
    holdProof(one, view, sheet),
  ].filter((proof) => proof !== undefined);
}

const positions = (view: View): readonly number[] => view.windows.map((_, i) => i);

function proof(text: string, role: Role, one: Case, sheet: Sheet): Proof | undefined {
  const row = one.rows[role];
  const evidence = row === undefined ? undefined : sheet.rows[row]?.evidence;
  return row === undefined || !evidence ? undefined : { text, row, evidence };
}

function usageProof(one: Case, view: View, sheet: Sheet): Proof | undefined {
  const top = positions(view).toSorted((a, b) => (one.usage[b] ?? -1) - (one.usage[a] ?? -1))[0];
  if (top === undefined || one.usage[top] === undefined) return undefined;
  const fill = fillOf(one, top);
  const ceiling = one.ceiling[top];
  const of =
    fill === undefined || ceiling === undefined ? '' : ` of ${amount(ceiling, one.resource.unit)} (${percent(fill)})`;
  const text = `${amount(one.usage[top], one.resource.unit)}${of} in use at ${rate(view.windows[top]?.load ?? 0)}`;
  return proof(text, 'usage', one, sheet);
}

/** How a wait is told where its pack says nothing else. */
const usualReads = { queue: '$number waiting', refusals: '$number refused a second' } as const;

function waitProof(one: Case, view: View, sheet: Sheet, role: 'queue' | 'refusals'): Proof | undefined {
  const track = role === 'queue' ? one.queue : one.refusals;
  const [low, all] = [known(track, view.low), known(track, positions(view))];
  if (low.length === 0 || all.length === 0) return undefined;
  const reads = sheet.rows[one.rows[role] ?? -1]?.evidence.reads ?? usualReads[role];
  const shown = (value: number): string => worded(value, reads);
  return proof(`${shown(Math.min(...low))} at low load, ${shown(Math.max(...all))} at most`, role, one, sheet);
}

function holdProof(one: Case, view: View, sheet: Sheet): Proof | undefined {
  if (one.resource.layer !== 'hold') return undefined;
  const [low, times] = [lowHoldTime(one, view), known(holdTimes(one, view), positions(view))];
  if (low === undefined || times.length === 0) return undefined;
  return proof(`held ${duration(low)} each at low load, ${duration(Math.max(...times))} at most`, 'usage', one, sheet);
}
