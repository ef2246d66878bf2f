import { type Pack, PackSchema, type PackTraffic, type TermRow, type Variant } from '../model/pack.ts';
import { roles } from '../model/resource.ts';
import { frozen } from './frozen.ts';
import { type Written, written } from './written.ts';
import type { Path } from './yaml-document.ts';

const forms = ['gauge', 'counter', 'histogram', 'otel', 'count', 'fixed', 'promql'] as const;
const trafficRoles = ['arrivals', 'completions', 'errors', 'durations', 'buckets', 'in_flight'] as const;

/**
 * Reads a pack: the signals of one technology. Built-in packs and a user's own come through here.
 *
 * @throws CONFIG_INVALID with file and line, what is wrong and what would be right
 */
export function readPack(text: string, file: string): Pack {
  const pack = written<Pack>(PackSchema, text, file);
  const { resources = [], traffic } = pack.value;
  if (resources.length === 0 && !traffic) throw pack.wrong([], 'a pack has resources, or traffic, or both');
  for (const [index, resource] of resources.entries()) {
    if (resources.findIndex(({ id }) => id === resource.id) < index) {
      throw pack.wrong(['resources', index, 'id'], `there are two resources "${resource.id}" in this pack`);
    }
    for (const role of roles) checkVariants(pack, resource[role] ?? [], ['resources', index, role]);
  }
  if (traffic) checkTraffic(pack, traffic);
  for (const [index, row] of (pack.value.limits ?? []).entries()) checkTermRow(pack, row, ['limits', index]);
  return frozen(pack.value);
}

/** Who asked for what is read sample by sample. */
function checkTraffic(pack: Written<Pack>, traffic: PackTraffic): void {
  for (const role of trafficRoles) {
    const variants = traffic[role] ?? [];
    checkVariants(pack, variants, ['traffic', role]);
    for (const [index, variant] of variants.entries()) {
      const form = (['promql', 'fixed', 'count'] as const).find((each) => variant[each] !== undefined);
      if (form === undefined) continue;
      const right = 'traffic is read from series: a "counter", a "histogram", or a "gauge" that tells a rate a second';
      throw pack.wrong(['traffic', role, index, form], `${right}, as a recording rule for this expression would`);
    }
  }
}

/** What limits are counted from is read as it stands, so a counter tells nothing. */
function checkTermRow(pack: Written<Pack>, row: TermRow, path: Path): void {
  if ((row.resource === undefined) === (row.from === undefined)) {
    throw pack.wrong(path, 'a limit row has either "resource", whose ceiling it is, or "from", one of them');
  }
  const known = (pack.value.resources ?? []).map(({ id }) => id);
  if (row.resource !== undefined && !known.includes(row.resource)) {
    throw pack.wrong([...path, 'resource'], `no resource of this pack is called "${row.resource}"`);
  }
  checkVariants(pack, row.from ?? [], [...path, 'from']);
  for (const [index, variant] of (row.from ?? []).entries()) {
    if (variant.counter === undefined && variant.histogram === undefined) continue;
    throw pack.wrong(
      [...path, 'from', index],
      'a limit is counted from what stands, as a gauge tells, not from what grows',
    );
  }
}

function checkVariants(pack: Written<Pack>, variants: readonly Variant[], path: Path): void {
  for (const [index, variant] of variants.entries()) checkVariant(pack, variant, [...path, index]);
}

function checkVariant(pack: Written<Pack>, variant: Variant, path: Path): void {
  const used = forms.filter((form) => variant[form] !== undefined);
  if (used.length !== 1) {
    const found = used.length === 0 ? 'this has none' : `this has ${used.join(' and ')}`;
    throw pack.wrong(path, `a variant has exactly one of ${forms.join(', ')}; ${found}`);
  }
  const hasParts = variant.histogram !== undefined || variant.otel?.type === 'histogram';
  const isBuckets = path.includes('buckets');
  if (hasParts && !variant.take && !isBuckets) {
    throw pack.wrong(path, 'a histogram needs "take: sum" (what was added up) or "take: count" (how often)');
  }
  if (variant.take && !hasParts) throw pack.wrong([...path, 'take'], 'only a histogram has a sum and a count to take');
  if (variant.reads !== undefined && !/^[^$]*\$(number|seconds|ratio|bytes)\b[^$]*$/.test(variant.reads)) {
    throw pack.wrong([...path, 'reads'], 'it tells one value: $number, $seconds, $ratio or $bytes stands for it');
  }
  for (const field of ['gauge', 'counter', 'less', 'over'] as const) checkTerms(pack, variant[field], [...path, field]);
}

function checkTerms(pack: Written<Pack>, terms: Variant['gauge'], path: Path): void {
  const list = Array.isArray(terms) ? terms : terms === undefined ? [] : [terms];
  for (const [index, term] of list.entries()) {
    if (typeof term === 'string') continue;
    if ((term.name === undefined) === (term.otel === undefined)) {
      throw pack.wrong([...path, index], 'a series is given by its "name" or by "otel", one of them');
    }
  }
}
