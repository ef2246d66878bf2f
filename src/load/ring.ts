/** First in, first out, in memory that is set aside once: both ends cost the same however full it is. */
export type Ring<T> = {
  /** False where it is full; nothing is kept then. */
  readonly push: (item: T) => boolean;
  readonly shift: () => T | undefined;
  readonly peek: () => T | undefined;
  readonly size: () => number;
};

export function ringOf<T>(capacity: number): Ring<T> {
  const items: (T | undefined)[] = new Array(capacity).fill(undefined);
  let first = 0;
  let size = 0;
  return {
    push(item) {
      if (size === capacity) return false;
      items[(first + size) % capacity] = item;
      size += 1;
      return true;
    },
    shift() {
      if (size === 0) return undefined;
      const item = items[first];
      items[first] = undefined;
      first = (first + 1) % capacity;
      size -= 1;
      return item;
    },
    peek: () => (size === 0 ? undefined : items[first]),
    size: () => size,
  };
}
