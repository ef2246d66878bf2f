import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { SourceFile } from './house.ts';

const top = fileURLToPath(new URL('../../', import.meta.url));

/** The files below the top that match a pattern, with what they say; not what only declares types for a package that has none. */
export function filesOf(...patterns: readonly string[]): readonly SourceFile[] {
  return globSync([...patterns], { cwd: top })
    .filter((path) => !path.includes('node_modules') && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${top}${path}`, 'utf8') }));
}

/** What in a pack is no name of a series: labels, and words for people. */
const others = new Set([
  'part',
  'select',
  'workload',
  'per',
  'where',
  'copies',
  'replica',
  'id',
  'unit',
  'exporter',
  'title',
  'text',
  'cure',
  'optional',
]);

/** Every name by which a pack calls a series, and the packs themselves, as `config/packs` has them. */
export function namesInPacks(): { readonly metricNames: readonly string[]; readonly packNames: readonly string[] } {
  const packs: readonly unknown[] = filesOf('config/packs/*.yaml').map(({ text }) => parse(text));
  return {
    metricNames: [...new Set(packs.flatMap((pack) => metricsIn(pack)))].sort(),
    packNames: packs.flatMap((pack) => textAt(pack, 'pack')),
  };
}

function metricsIn(node: unknown): readonly string[] {
  if (typeof node === 'string') return node.match(/[A-Za-z_:][\w:]*(?:[_.][\w:]+)+/g) ?? [];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => (others.has(key) ? [] : metricsIn(value)));
}

function textAt(node: unknown, key: string): readonly string[] {
  const value: unknown =
    typeof node === 'object' && node !== null ? Object.entries(node).find(([name]) => name === key)?.[1] : undefined;
  return typeof value === 'string' ? [value] : [];
}
