/** A name that is taken gets a number. */
export function distinct<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  const taken = new Set<string>();
  return items.map((item) => {
    let name = item.name;
    for (let count = 2; taken.has(name); count += 1) name = `${item.name}-${count}`;
    taken.add(name);
    return { ...item, name };
  });
}
