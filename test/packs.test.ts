import { readdirSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, test } from 'vitest';
import { type Candidate, candidatesOf } from '../src/collect/candidates.ts';
import { promqlOf, whole } from '../src/collect/print.ts';
import type { Scope } from '../src/collect/scope.ts';
import { readPack } from '../src/config/read-pack.ts';
import type { Pack, Variant } from '../src/model/pack.ts';
import { roles } from '../src/model/resource.ts';
import { seconds } from '../src/model/units.ts';
import { places } from '../src/places.ts';

const folder = new URL('packs/', places.config);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const packs = files.map((file) => readPack(readFileSync(new URL(file, folder), 'utf8'), file));

/** A scope in which every part of a selector is printed, with values that need escaping. */
const scope: Scope = {
  base: { cluster: 'eu "1"' },
  select: { job: 'a\\b' },
  part: { database: 'shop', datname: 'shop', pool: 'x', user: 'u' },
  located: { namespace: ['shop'], pod: ['a', 'b.c'], container: ['api'], autoscaler: ['api'], deployment: ['api'] },
  except: { http_route: ['/healthz', '/a+b'] },
};

const variantsOf = (pack: Pack): readonly (readonly [string, Candidate])[] => [
  ...(pack.resources ?? []).flatMap((resource) =>
    roles.flatMap((role) =>
      candidatesOf(pack, resource, resource[role] ?? [], scope).map((one) => [`${resource.id} ${role}`, one] as const),
    ),
  ),
  ...(pack.limits ?? []).flatMap((row) =>
    candidatesOf(pack, row, row.from ?? [], scope).map((one) => [`limits ${row.term} ${row.of}`, one] as const),
  ),
  ...Object.entries(pack.traffic ?? {}).flatMap(([role, variants]: [string, readonly Variant[]]) =>
    candidatesOf(pack, {}, variants, scope, role === 'buckets' ? 'bucket' : undefined).map(
      (one) => [`traffic ${role}`, one] as const,
    ),
  ),
];

/** The first place where a text is no PromQL, or undefined where all of it is. */
function brokenAt(promql: string): string | undefined {
  let broken: string | undefined;
  parser.parse(promql).iterate({
    enter: (node) => {
      if (node.type.isError)
        broken ??= `at ${node.from}: …${promql.slice(Math.max(0, node.from - 20), node.from + 20)}…`;
    },
  });
  return broken;
}

describe.each(packs.map((pack) => [pack.pack, pack] as const))('the pack %s', (name, pack) => {
  test('is called like its file', () => {
    expect(files).toContain(`${name}.yaml`);
  });

  test('prints PromQL from every row, summed up and kept apart', () => {
    const rows = variantsOf(pack);
    expect(rows.length).toBeGreaterThan(0);
    for (const [row, candidate] of rows) {
      const printed = [
        promqlOf(candidate, whole),
        promqlOf(candidate, { ...whole, range: seconds(7.4), at: { pod: 'x"y' }, by: ['pod', 'http.route'] }),
      ];
      for (const promql of printed)
        expect({ row, promql, broken: brokenAt(promql) }).toEqual({ row, promql, broken: undefined });
    }
  });

  test('says for everything that may be blind what would make it visible, or why a sound stack may lack it', () => {
    const silent = (pack.resources ?? []).filter(({ cure, optional }) => cure === undefined && optional === undefined);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test('keeps a floor under every wait that the load alone cannot explain', () => {
    const bare = (pack.resources ?? []).flatMap(({ id, floor, queue }) =>
      (queue ?? []).filter((variant) => floor === undefined && variant.floor === undefined).map(() => id),
    );
    expect(bare).toEqual([]);
  });
});

test('a broken expression would be seen', () => {
  expect(brokenAt('sum(rate(up{job="x"[1m]))')).toBeDefined();
});

/** The first YAML block of a page. */
const blockOf = (page: string): string =>
  /```yaml\n([\s\S]*?)```/.exec(readFileSync(new URL(page, places.config), 'utf8'))?.[1] ?? '';

test('the pack that config/packs/README.md shows is a pack', () => {
  const shown = readPack(blockOf('packs/README.md'), 'README.md');
  expect(shown.resources?.map(({ id }) => id)).toEqual(['memory']);
});

test.each(packs.map((pack) => [pack.pack, pack] as const))(
  'config/packs/README.md lists %s with its resources',
  (name, pack) => {
    const page = readFileSync(new URL('README.md', folder), 'utf8');
    const cells = page
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\` `))
      ?.split('|')
      .map((cell) => cell.trim());
    const told = [...(pack.resources ?? []).map(({ id }) => id), ...(pack.traffic ? ['*traffic*'] : [])];
    expect(cells?.slice(2, 4)).toEqual([pack.exporter, told.join(', ')]);
  },
);
