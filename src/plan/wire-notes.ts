import { duration, number, rate } from '../model/in-words.ts';
import type { Note } from '../model/note.ts';
import type { Plan } from '../model/plan.ts';
import { perSecond, seconds } from '../model/units.ts';
import type { Wire } from '../model/wire.ts';
import { totalsOf } from './totals.ts';

/** For so long (s) a port may stay taken after its connection was closed: TIME_WAIT, which Linux keeps for 60 s (TCP_TIMEWAIT_LEN). */
const afterwards = seconds(60);

/** What is to be known of a load from how the target is spoken to; `lent` is how many ports there are towards one address. */
export function wireNotes(plan: Plan, wire: Wire, lent: number | undefined): readonly Note[] {
  const unverified = 'the certificate of the target is not verified (tls.verify is false)';
  return [
    ...(wire.tls.verify ? [] : [{ about: 'safety', text: unverified } as const]),
    ...(wire.connections === 'kept' || lent === undefined ? [] : [portBudget(plan, lent)]),
  ];
}

function portBudget(plan: Plan, lent: number): Note {
  const most = perSecond(lent / afterwards);
  const { highest } = totalsOf(plan);
  const budget = `each request opens a connection: this machine lends ${number(lent)} ports towards one address, and keeps each for up to ${duration(afterwards)} after it was used, so that ${rate(most)} can go on for ever`;
  const over = highest > most ? `; the plan goes up to ${rate(highest)}, where they may run out` : '';
  return { about: 'load', text: `${budget}${over}` };
}
