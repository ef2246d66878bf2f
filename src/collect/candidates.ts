import type { Pack, PackResource, Term, Variant } from '../model/pack.ts';
import type { Signal } from '../model/signal.ts';
import { type NameSpelling, otelSpellings } from './otel-spellings.ts';
import { equalities, type Scope, testsOf } from './scope.ts';
import { type LabelMatch, noneOf, oneOf, printTest, type Selector } from './selector.ts';

/** One term of a sum, in all its spellings: it is there when any of them has series. */
export type Summand = { readonly selectors: readonly Selector[]; readonly optional: boolean };

/** One variant of a role in one spelling of its names: what would be read if its series exist. */
export type Candidate = {
  /** The pack and the exporter's version, for the evidence. */
  readonly source: string;
  readonly form: Signal['form'] | 'fixed' | 'promql';
  readonly parts: readonly Summand[];
  readonly less: readonly Summand[];
  readonly over: readonly Summand[];
  readonly scale: number;
  /** What keeps its instances apart: the logical name → the label that carries it. */
  readonly per: Readonly<Record<string, string>>;
  readonly variant: Variant;
  /** For `promql`: the expression. */
  readonly expression: string | undefined;
};

/** A resource, or what stands for one where traffic is read. */
export type Rows = Pick<PackResource, 'per' | 'part' | 'workload'>;

type Dialect = { readonly names: readonly string[]; readonly label: NameSpelling['label'] };

const plain: NameSpelling['label'] = (label) => label;
const isList = (terms: Term | readonly Term[]): terms is readonly Term[] => Array.isArray(terms);
const termsIn = (terms: Variant['less']): readonly Term[] =>
  terms === undefined ? [] : isList(terms) ? terms : [terms];

/** Everything that a list of variants may come to, in the order in which it is tried. A variant whose workload was not found comes to nothing. */
export function candidatesOf(
  pack: Pack,
  rows: Rows,
  variants: readonly Variant[],
  scope: Scope,
  part?: 'bucket',
): readonly Candidate[] {
  return variants.flatMap((variant) =>
    dialectsOf(variant, part).flatMap((dialect) => candidateOf(pack, rows, variant, dialect, scope) ?? []),
  );
}

/** The spellings of a variant's main series; one for anything but OpenTelemetry. */
function dialectsOf(variant: Variant, part: 'bucket' | undefined): readonly Dialect[] {
  if (variant.otel) {
    return otelSpellings(variant.otel, part ?? variant.take).map(({ name, label }) => ({ names: [name], label }));
  }
  if (variant.histogram !== undefined) {
    return [{ names: [`${variant.histogram}_${part ?? variant.take ?? 'count'}`], label: plain }];
  }
  if (variant.count !== undefined) return [{ names: [variant.count], label: plain }];
  return [{ names: [], label: plain }];
}

function formOf(variant: Variant): Candidate['form'] {
  if (variant.fixed !== undefined) return 'fixed';
  if (variant.promql !== undefined) return 'promql';
  if (variant.count !== undefined) return 'count';
  if (variant.gauge !== undefined) return 'gauge';
  if (variant.counter !== undefined || variant.histogram !== undefined) return 'counter';
  return variant.otel?.type === 'counter' || variant.otel?.type === 'histogram' ? 'counter' : 'gauge';
}

function candidateOf(pack: Pack, rows: Rows, variant: Variant, dialect: Dialect, scope: Scope): Candidate | undefined {
  const { label } = dialect;
  const shared = commonTests(pack, rows, variant, label, scope);
  const own = testsOf(variant.where, scope.located, label);
  if (!shared || !own) return undefined;
  const terms = (list: Variant['less'], tests: readonly LabelMatch[]): readonly Summand[] =>
    termsIn(list).map((term) => summandOf(term, label, tests, scope));
  const main = dialect.names.map((name) => ({ selectors: [{ name, tests: [...shared, ...own] }], optional: false }));
  const spelling: Readonly<Record<string, string>> = { ...rows.part, ...variant.part };
  const per = variant.per ?? rows.per ?? [];
  const expression = variant.promql?.replaceAll('$select', [...shared, ...own].map(printTest).join(', '));
  const ofExpression =
    expression === undefined ? [] : [{ selectors: [{ name: expression, tests: [] }], optional: true }];
  return {
    source: variant.exporter === undefined ? pack.pack : `${pack.pack}: ${variant.exporter}`,
    form: formOf(variant),
    parts: [...main, ...ofExpression, ...terms(variant.gauge ?? variant.counter, [...shared, ...own])],
    less: terms(variant.less, variant.otel ? shared : [...shared, ...own]),
    over: terms(variant.over, [...shared, ...own]),
    scale: variant.scale ?? 1,
    per: Object.fromEntries(per.map((name) => [name, label(spelling[name] ?? name)])),
    variant,
    expression,
  };
}

/** What every series of a variant must be: of this Prometheus, selected, part, of the workload, not excepted. */
function commonTests(
  pack: Pack,
  rows: Rows,
  variant: Variant,
  label: NameSpelling['label'],
  scope: Scope,
): readonly LabelMatch[] | undefined {
  const ofWorkload = workloadTests(pack, rows, variant, scope);
  if (!ofWorkload) return undefined;
  const parts: Readonly<Record<string, string>> = { ...rows.part, ...variant.part };
  const narrowed = Object.entries(scope.part).filter(([key]) => Object.hasOwn(rows.part ?? {}, key));
  return [
    ...equalities(scope.base),
    ...equalities(scope.select, (key) => variant.select?.[key] ?? key),
    ...narrowed.map(([key, value]) => oneOf(label(parts[key] ?? key), [value])),
    ...ofWorkload,
    ...Object.entries(scope.except).map(([name, values]) => noneOf(name, values)),
  ];
}

/** A source that selects nothing of its own is narrowed to the pods of its workload. */
const ofPods = { namespace: 'namespace', pod: 'pod' } as const;

/** Workload key → the label that carries it, for a source that selects nothing of its own. */
export const workloadOf = (pack: Pack, rows: Rows): Readonly<Record<string, string>> =>
  rows.workload ?? pack.workload ?? ofPods;

/** A resource's own `workload` needs all its keys; the pack's narrows by those that are known. */
function workloadTests(pack: Pack, rows: Rows, variant: Variant, scope: Scope): readonly LabelMatch[] | undefined {
  const own = variant.workload ?? rows.workload;
  const isSelected = !own && !pack.workload && Object.keys(scope.select).length > 0;
  const spelling = isSelected ? {} : (own ?? workloadOf(pack, rows));
  const tests: LabelMatch[] = [];
  for (const [key, label] of Object.entries(spelling)) {
    const values = scope.located[key];
    if (values?.length === 0 || (own && !values)) return undefined;
    if (values) tests.push(oneOf(label, values));
  }
  return tests;
}

function summandOf(term: Term, label: NameSpelling['label'], tests: readonly LabelMatch[], scope: Scope): Summand {
  if (typeof term === 'string') return { selectors: [{ name: term, tests }], optional: false };
  const all = [...tests, ...(testsOf(term.where, scope.located, label) ?? [])];
  const names = term.otel ? sameDialect(otelSpellings(term.otel, term.take), label) : [term.name ?? ''];
  return { selectors: names.map((name) => ({ name, tests: all })), optional: term.optional ?? false };
}

/** Names whose labels are spelled like those of the main series. */
const sameDialect = (spellings: readonly NameSpelling[], label: NameSpelling['label']): readonly string[] =>
  spellings.filter((spelling) => spelling.label('a.b') === label('a.b')).map(({ name }) => name);
