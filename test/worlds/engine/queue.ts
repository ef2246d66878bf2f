/** Something that can stand in one queue at a time. */
export type Standing<Self> = { next: Self | undefined; previous: Self | undefined; queue: Queue<Self> | undefined };

/** First come, first served; leaving from the middle costs no more than from the front. */
export type Queue<Member> = { first: Member | undefined; last: Member | undefined; length: number };

export const makeQueue = <Member>(): Queue<Member> => ({ first: undefined, last: undefined, length: 0 });

export function join<Member extends Standing<Member>>(queue: Queue<Member>, member: Member): void {
  member.queue = queue;
  member.previous = queue.last;
  member.next = undefined;
  if (queue.last === undefined) queue.first = member;
  else queue.last.next = member;
  queue.last = member;
  queue.length += 1;
}

/** Leaves whatever queue it stands in. */
export function leave<Member extends Standing<Member>>(member: Member): void {
  const { queue, next, previous } = member;
  if (queue === undefined) return;
  if (previous === undefined) queue.first = next;
  else previous.next = next;
  if (next === undefined) queue.last = previous;
  else next.previous = previous;
  queue.length -= 1;
  member.queue = undefined;
  member.next = undefined;
  member.previous = undefined;
}
