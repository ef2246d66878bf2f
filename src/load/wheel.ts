/** Something with a deadline, and its place in the wheel. */
export type Timed<T> = { readonly of: T; before: Timed<T> | undefined; after: Timed<T> | undefined; spoke: number };

/** Deadlines by spokes of 10 ms: adding and taking out cost the same however many there are. */
export type Wheel<T> = {
  readonly add: (item: T, deadline: number) => Timed<T>;
  /** Takes it out; nothing happens where it is out already. */
  readonly remove: (timed: Timed<T>) => void;
  /** Takes out everything whose deadline has passed at `now`, up to one spoke late and never early, and calls `expire` for each. */
  readonly turn: (now: number, expire: (item: T) => void) => void;
  /** Takes out everything, whenever it is due. */
  readonly empty: (takenOut: (item: T) => void) => void;
};

const spokeWidth = 0.01;
const out = -1;

/** A wheel for deadlines up to `longest` seconds ahead of the last turn; one further ahead expires as if it were that far. */
export function wheelOf<T>(longest: number, now: number): Wheel<T> {
  const spokes = Math.ceil(longest / spokeWidth) + 2;
  const heads: (Timed<T> | undefined)[] = new Array(spokes).fill(undefined);
  let turned = Math.floor(now / spokeWidth);

  function remove(timed: Timed<T>): void {
    const { before, after, spoke } = timed;
    if (spoke === out) return;
    if (before === undefined) heads[spoke] = after;
    else before.after = after;
    if (after !== undefined) after.before = before;
    timed.spoke = out;
  }

  function takeOut(spoke: number, takenOut: (item: T) => void): void {
    for (let timed = heads[spoke]; timed !== undefined; timed = heads[spoke]) {
      remove(timed);
      takenOut(timed.of);
    }
  }

  return {
    add(item, deadline) {
      const tick = Math.min(Math.max(Math.ceil(deadline / spokeWidth), turned + 1), turned + spokes - 1);
      const spoke = tick % spokes;
      const timed: Timed<T> = { of: item, before: undefined, after: heads[spoke], spoke };
      if (timed.after !== undefined) timed.after.before = timed;
      heads[spoke] = timed;
      return timed;
    },
    remove,
    turn(now, expire) {
      const to = Math.floor(now / spokeWidth);
      for (let tick = Math.max(turned + 1, to - spokes + 1); tick <= to; tick++) {
        turned = tick;
        takeOut(tick % spokes, expire);
      }
      turned = Math.max(turned, to);
    },
    empty(takenOut) {
      for (let spoke = 0; spoke < spokes; spoke++) takeOut(spoke, takenOut);
    },
  };
}
