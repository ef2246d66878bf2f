import type { Ranked } from './ranking.ts';

export type LineTone = { readonly tone: string; readonly dash: readonly number[]; readonly width: number };

const hues = ['hue-1', 'hue-2', 'hue-3', 'hue-4', 'hue-5', 'hue-6'];
const dashes = [[], [8, 4], [2, 4], [8, 4, 2, 4]] as const;

/** How each resource is drawn: roots and symptoms in colours of their own, the rest in six hues, told apart by dashes after that. */
export function tonesOfLines(rows: readonly Ranked[]): readonly LineTone[] {
  return rows.map((row, index) => {
    const before = rows.slice(0, index);
    const { state } = row.resource;
    if (state === 'root' || state === 'symptom') {
      const alike = before.filter((each) => each.resource.state === state).length;
      return state === 'root' ? rootTone(alike) : { tone: state, dash: dashOf(alike), width: 2.5 };
    }
    const others = before.filter((each) => each.resource.state !== 'root' && each.resource.state !== 'symptom').length;
    return { tone: hues[others % hues.length] ?? '', dash: dashOf(Math.floor(others / hues.length)), width: 1.75 };
  });
}

const roots = ['root', 'root-2'];

function rootTone(index: number): LineTone {
  return { tone: roots[index % roots.length] ?? '', dash: dashOf(Math.floor(index / roots.length)), width: 3 };
}

const dashOf = (index: number): readonly number[] => dashes[index % dashes.length] ?? [];
