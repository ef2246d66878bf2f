import type { Change } from '../model/collected.ts';
import type { Note } from '../model/note.ts';

/** What was killed for want of memory is told, whatever the verdict is: of each component how often, and from when to when. */
export function killsIn(changes: readonly Change[]): readonly Note[] {
  const kills = changes.filter(({ what }) => what === 'out-of-memory').toSorted((a, b) => a.at - b.at);
  return [...Map.groupBy(kills, ({ component }) => component)].flatMap(([component, own]): readonly Note[] => {
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    if (own.length === 1) return [{ about: 'data', text: `${component}: ${first.text}, at ${clock(first.at)} UTC` }];
    const text = `${component}: ${own.length} times something was killed for want of memory, from ${clock(first.at)} to ${clock(last.at)} UTC; the first: ${first.text}`;
    return [{ about: 'data', text }];
  });
}

const clock = (at: number): string => new Date(at * 1000).toISOString().slice(11, 19);
