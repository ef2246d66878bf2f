import type { Component, SignalSource } from '../model/component.ts';
import type { ConfigurationText } from '../model/configuration.ts';
import type { Pack } from '../model/pack.ts';
import { suggestion } from './nearest.ts';
import { amountOf, exampleOf } from './quantity.ts';
import { named } from './rules.ts';
import type { Written } from './written.ts';
import type { Path } from './yaml-document.ts';

export type ComponentText = NonNullable<ConfigurationText['components']>[number];

/** The whole configuration as written, and the packs and plans that it may name. */
export type Shelves = { readonly config: Written<ConfigurationText>; readonly packs: readonly Pack[] };

/** The Prometheus of a source that names none: the first. */
export function prometheusNamed(config: Written<ConfigurationText>, path: Path, name: string | undefined): string {
  const all = new Map(config.value.prometheus.map((source) => [source.name, source.name]));
  const first = config.value.prometheus[0]?.name ?? '';
  return name === undefined ? first : named(config, path, 'prometheus', name, all);
}

/** One component as it is written → the noun; `on` and `calls` are checked where all components of a target are known. */
export function resolveComponent(shelves: Shelves, text: ComponentText, path: Path): Component {
  checkOnceEach(shelves, text, path);
  return {
    name: text.name,
    on: text.on,
    calls: text.calls ?? [],
    signals: (text.signals ?? []).map((_, index) => sourceOf(shelves, text, path, index)),
    workload: text.workload,
    replica: text.replica,
    ceilings: ceilingsOf(shelves, text, path),
    ...(text.addresses && { addresses: addressesOf(shelves, text.addresses, [...path, 'addresses']) }),
  };
}

/** Of two sources that tell the same resources only the first would be looked at, and what the other selects would seem to be free. */
function checkOnceEach({ config }: Shelves, { name, signals = [] }: ComponentText, path: Path): void {
  const asked = signals.map(({ pack, from, part }) => JSON.stringify([pack, from, part]));
  const twice = asked.findIndex((one, i) => asked.indexOf(one) < i);
  if (twice < 0) return;
  const pack = signals[twice]?.pack ?? '';
  throw config.wrong(
    [...path, 'signals', twice],
    `"${name}" reads the pack "${pack}" twice, and only the first would be looked at; select all of its instances by a label that they share or by a list of its values, or make a component of each`,
  );
}

function sourceOf({ config, packs }: Shelves, text: ComponentText, path: Path, index: number): SignalSource {
  const at = [...path, 'signals', index];
  const source = text.signals?.[index];
  if (!source) throw config.wrong(at, 'there is no such source');
  const pack = named(config, [...at, 'pack'], 'pack', source.pack, byName(packs));
  if (!pack.resources) {
    throw config.wrong(
      [...at, 'pack'],
      `the pack "${pack.pack}" tells traffic, not resources; it belongs under "traffic"`,
    );
  }
  checkParts({ config, packs }, pack, source.part ?? {}, [...at, 'part']);
  return {
    pack: source.pack,
    from: prometheusNamed(config, [...at, 'from'], source.from),
    select: source.select ?? {},
    part: source.part ?? {},
  };
}

function checkParts({ config }: Shelves, pack: Pack, part: Readonly<Record<string, string>>, path: Path): void {
  const rows = [...(pack.resources ?? []), ...(pack.limits ?? [])];
  const known = [...new Set(rows.flatMap((row) => Object.keys(row.part ?? {})))];
  const unknown = Object.keys(part).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw config.wrong(
      [...path, unknown],
      `the pack "${pack.pack}" has no part "${unknown}"; ${suggestion(unknown, known)}`,
    );
  }
}

function ceilingsOf({ config, packs }: Shelves, text: ComponentText, path: Path): Readonly<Record<string, number>> {
  const own = new Set((text.signals ?? []).map(({ pack }) => pack));
  const resources = packs.filter(({ pack }) => own.has(pack)).flatMap((pack) => pack.resources ?? []);
  const entries = Object.entries(text.ceilings ?? {}).map(([key, amount]): [string, number] => {
    const at = [...path, 'ceilings', key];
    const id = key.replaceAll('_', '-');
    const resource = resources.find((candidate) => candidate.id === id);
    if (!resource) {
      const known = resources.map((candidate) => candidate.id.replaceAll('-', '_'));
      throw config.wrong(at, `no pack of "${text.name}" has a resource "${key}"; ${suggestion(key, known)}`);
    }
    const value = amountOf(amount, resource.unit);
    if (value === undefined || value <= 0) {
      throw config.wrong(at, `"${amount}" is no amount above 0 in ${resource.unit}, as in ${exampleOf(resource.unit)}`);
    }
    return [id, value];
  });
  return Object.fromEntries(entries);
}

/** An address range and what each replica takes of it, by their prefix lengths. */
function addressesOf(
  { config }: Shelves,
  { range, each }: NonNullable<ComponentText['addresses']>,
  path: Path,
): NonNullable<Component['addresses']> {
  const lengthOf = (text: string): number => Number(text.slice(text.indexOf('/') + 1));
  const lengths = { range: lengthOf(range), each: lengthOf(each) };
  if (lengths.each < lengths.range) {
    throw config.wrong(
      [...path, 'each'],
      `each of ${each} does not fit into a range of ${range}; its prefix must be at least as long, as in /24 out of /21`,
    );
  }
  return lengths;
}

export const byName = (packs: readonly Pack[]): ReadonlyMap<string, Pack> =>
  new Map(packs.map((pack) => [pack.pack, pack]));
