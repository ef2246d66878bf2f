/** What is to be done later, soonest first: a binary heap, for dates that are told in any order. */
export type Agenda<T> = {
  readonly add: (due: number, item: T) => void;
  /** When the first is due, Infinity where nothing is. */
  readonly due: () => number;
  /** Takes out the first; undefined where there is none. */
  readonly shift: () => { readonly due: number; readonly item: T } | undefined;
};

export function agendaOf<T>(): Agenda<T> {
  const entries: { readonly due: number; readonly item: T }[] = [];
  const dueAt = (at: number): number => entries[at]?.due ?? Number.POSITIVE_INFINITY;

  function swap(one: number, other: number): void {
    const [first, second] = [entries[one], entries[other]];
    if (first === undefined || second === undefined) return;
    entries[one] = second;
    entries[other] = first;
  }

  function rise(at: number): void {
    for (let child = at; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (dueAt(parent) <= dueAt(child)) return;
      swap(parent, child);
      child = parent;
    }
  }

  function sink(): void {
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      const child = dueAt(left + 1) < dueAt(left) ? left + 1 : left;
      if (dueAt(child) >= dueAt(parent)) return;
      swap(parent, child);
      parent = child;
    }
  }

  return {
    add(due, item) {
      entries.push({ due, item });
      rise(entries.length - 1);
    },
    due: () => dueAt(0),
    shift() {
      const [first] = entries;
      const last = entries.pop();
      if (first === undefined || last === undefined || entries.length === 0) return first;
      entries[0] = last;
      sink();
      return first;
    },
  };
}
