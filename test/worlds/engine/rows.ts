import { keyOf, uniformOf } from './draw.ts';
import { type Meter, makeMeter, shownBy } from './meter.ts';
import { makePool, type Pool } from './pool.ts';

/** Locks of which each is held by one at a time; a row's lock is made when it is first wanted. */
export type Rows = {
  readonly kind: 'rows';
  readonly count: number;
  readonly crowding: number;
  readonly meter: Meter;
  readonly locks: Map<number, Pool>;
};

export const makeRows = (count: number, crowding: number, now: number): Rows => ({
  kind: 'rows',
  count,
  crowding,
  meter: makeMeter(now, 0),
  locks: new Map(),
});

/** The lock that a request wants. */
export function rowOf(rows: Rows, key: number, now: number): Pool {
  const row = Math.floor(uniformOf(keyOf(key, 0x70c)) * rows.count);
  const known = rows.locks.get(row);
  if (known !== undefined) return known;
  const lock = makePool(1, 0, now, { crowding: rows.crowding, isCrowdedBy: 'waiting', meter: rows.meter });
  rows.locks.set(row, lock);
  return lock;
}

export const lookAtRows = (rows: Rows, now: number) => ({ size: rows.count, ...shownBy(rows.meter, now) });
