import type { Glimpse } from '../sight.ts';

/** What a line tells of itself. */
export type Line = {
  /** Bytes that left by it, with what others send. */
  readonly bytes: (seen: Glimpse) => number | undefined;
  /** Packets that found its buffer full. */
  readonly drops: (seen: Glimpse) => number | undefined;
};

const packet = 1500;
/** TCP finds how much a full line carries by losing about one packet in a hundred. */
const lost = 0.01;

/** A line loses nothing while its buffer takes what waits; one that always has several waiting is full. It is read once a scrape. */
export function lineOf(id: string): Line {
  let last = { now: 0, bytes: 0, waited: 0 };
  let drops = 0;
  const bytes = (seen: Glimpse): number | undefined => {
    const sent = seen.look(id)?.more.bytes;
    return sent === undefined ? undefined : sent + seen.besides(id).total;
  };
  return {
    bytes,
    drops(seen) {
      const look = seen.look(id);
      if (!look) return undefined;
      const now = { now: seen.now, bytes: look.more.bytes ?? 0, waited: look.waitingTime };
      const isAnew = now.bytes < last.bytes;
      const before = isAnew ? { now: seen.since, bytes: 0, waited: 0 } : last;
      if (isAnew) drops = 0;
      const waiting = (now.waited - before.waited) / Math.max(1e-9, now.now - before.now);
      const full = Math.max(0, 1 - 1 / Math.max(1, waiting));
      drops += (lost * full * (now.bytes - before.bytes)) / packet;
      last = now;
      return Math.floor(drops);
    },
  };
}
