/** Something that is due: in the agenda at a moment of the world, in a CPU at so much work done. `place` is −1 while it is in no heap. */
export type Entry = { time: number; order: number; place: number; readonly fire: () => void };

/** What is due, the soonest first; at the same moment in the order in which it was put down. */
export type Agenda = {
  now: number;
  order: number;
  /** How many entries have fired since the start. */
  fired: number;
  readonly entries: Entry[];
};

export const makeAgenda = (): Agenda => ({ now: 0, order: 0, fired: 0, entries: [] });

export const makeEntry = (fire: () => void): Entry => ({ time: 0, order: 0, place: -1, fire });

/** Puts an entry down for a moment, wherever it was before. */
export function putDown(agenda: Agenda, entry: Entry, time: number): void {
  entry.time = time;
  agenda.order += 1;
  entry.order = agenda.order;
  if (entry.place < 0) insert(agenda.entries, entry);
  else sink(agenda.entries, entry, rise(agenda.entries, entry, entry.place));
}

export function strike(agenda: Agenda, entry: Entry): void {
  remove(agenda.entries, entry);
}

/** Calls something once, at a moment. */
export function once(agenda: Agenda, time: number, fire: () => void): void {
  putDown(agenda, makeEntry(fire), time);
}

export function insert(heap: Entry[], entry: Entry): void {
  heap.push(entry);
  rise(heap, entry, heap.length - 1);
}

export function remove(heap: Entry[], entry: Entry): void {
  const place = entry.place;
  if (place < 0) return;
  entry.place = -1;
  const last = heap.pop();
  if (last === undefined || last === entry) return;
  sink(heap, last, rise(heap, last, place));
}

const isBefore = (one: Entry, other: Entry) =>
  one.time < other.time || (one.time === other.time && one.order < other.order);

/** Moves an entry towards the top of a binary heap from a place; its new place. */
function rise(heap: Entry[], entry: Entry, from: number): number {
  let place = from;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !isBefore(entry, above)) break;
    heap[place] = above;
    above.place = place;
    place = parent;
  }
  heap[place] = entry;
  entry.place = place;
  return place;
}

function sink(heap: Entry[], entry: Entry, from: number): void {
  let place = from;
  while (true) {
    const left = 2 * place + 1;
    let child = heap[left];
    if (child === undefined) break;
    const right = heap[left + 1];
    if (right !== undefined && isBefore(right, child)) child = right;
    if (!isBefore(child, entry)) break;
    const next = child.place;
    heap[place] = child;
    child.place = place;
    place = next;
  }
  heap[place] = entry;
  entry.place = place;
}
