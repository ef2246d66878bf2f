import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { patches } from './patches.ts';
import { plant } from './plant.ts';
import type { Patch } from './read-patch.ts';

const top = new URL('../../', import.meta.url);
const inHouse = (path: string): Promise<string> => readFile(new URL(path, top), 'utf8');
const all = await patches();

/** "24 | why it cannot happen here" */
const elsewhere = (await readFile(new URL('not-here.txt', import.meta.url), 'utf8'))
  .split('\n')
  .flatMap((line) => /^(?<trap>\d+) \| (?<why>.{20,})$/u.exec(line)?.groups?.trap ?? [])
  .map(Number);

test('each of the 37 traps is planted, or it is told why it cannot happen here, and not both', () => {
  const planted = new Set(all.map(({ trap }) => trap));
  const traps = [...planted, ...elsewhere].toSorted((a, b) => a - b);
  expect(traps).toEqual(Array.from({ length: 37 }, (_, i) => i + 1));
});

describe.each(all.map((patch) => [patch.file, patch] as const))('%s', (_, patch) => {
  test('stands in the code once, and changes it', async () => {
    const text = await inHouse(patch.target);
    const planted = plant(text, patch);
    expect(planted).not.toHaveProperty('why');
    expect(planted).not.toEqual({ text });
  });

  test('names a test that there is', async () => expect(await inHouse(patch.test)).toContain(patch.fails));
});

const patch: Patch = {
  file: '1-x.patch',
  trap: 1,
  says: '',
  target: 'a.ts',
  test: 'a.test.ts',
  fails: 'x',
  right: ['if (a)', '  return b;'],
  wrong: ['return c;'],
};

test('lines are found however far they are indented, and only where they stand once', () => {
  expect(plant('x\n    if (a)\n      return b;\ny', patch)).toEqual({ text: 'x\n    return c;\ny' });
  expect(plant('if (a)\n\nreturn b;', patch)).toEqual({ why: 'a.ts does not hold: if (a) ⏎   return b;' });
  expect(plant('if (a)\nreturn b;\nif (a)\nreturn b;', patch)).toHaveProperty('why');
});

test('a single line may be part of one, so that it still fits when the rest of that line changes', () => {
  const part = { ...patch, right: ['a > b'], wrong: ['a >= b'] };
  expect(plant('  return a > b && c;', part)).toEqual({ text: '  return a >= b && c;' });
  expect(plant('a > b || a > b', part)).toHaveProperty('why');
  expect(plant('  x = a > b;', { ...part, wrong: ['1;', 'y'] })).toEqual({ text: '  x = 1;\n  y;' });
});
