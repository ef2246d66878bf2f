import { type Static, Type } from 'typebox';
import { layers, resourceKinds } from './resource.ts';
import { askers, termKinds } from './term.ts';

const strict = { additionalProperties: false } as const;
const Texts = Type.Union([Type.String(), Type.Array(Type.String())]);
const Spelling = Type.Record(Type.String(), Type.String());

/** What a label must be: a value, one of several values, none of them, or a pattern (RE2, anchored). */
const LabelTestSchema = Type.Union([
  Type.String(),
  Type.Array(Type.String()),
  Type.Object({ not: Texts }, strict),
  Type.Object({ matches: Type.String() }, strict),
  Type.Object({ not_matches: Type.String() }, strict),
]);
const WhereSchema = Type.Record(Type.String(), LabelTestSchema);

/** An OpenTelemetry instrument by its semantic name; code expands it into every way in which it may reach Prometheus. */
const InstrumentSchema = Type.Object(
  {
    name: Type.String(),
    type: Type.Enum(['counter', 'updowncounter', 'gauge', 'histogram']),
    unit: Type.String(),
  },
  strict,
);

/** One series of a sum: its name, or a name with labels of its own. An optional one may be missing. */
const TermSchema = Type.Union([
  Type.String(),
  Type.Object(
    {
      name: Type.Optional(Type.String()),
      otel: Type.Optional(InstrumentSchema),
      take: Type.Optional(Type.Enum(['sum', 'count'])),
      where: Type.Optional(WhereSchema),
      optional: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
]);
const TermsSchema = Type.Union([TermSchema, Type.Array(TermSchema)]);

/**
 * One way in which an exporter tells a signal: exactly one of gauge, counter, histogram, otel, count, fixed, promql.
 * Its reading is scale × (sum of the series − sum of `less`) ÷ (sum of `over`).
 */
const VariantSchema = Type.Object(
  {
    exporter: Type.Optional(
      Type.String({ description: 'Which exporter and version speaks so; told in the evidence.' }),
    ),
    gauge: Type.Optional(TermsSchema),
    counter: Type.Optional(TermsSchema),
    histogram: Type.Optional(Type.String({ description: 'Name without _sum, _count, _bucket.' })),
    otel: Type.Optional(InstrumentSchema),
    count: Type.Optional(Type.String({ description: 'The number of series of this name.' })),
    fixed: Type.Optional(Type.Number()),
    promql: Type.Optional(
      Type.String({
        description: 'The exception; $select stands for the label tests. Its onset is a whole step wide.',
      }),
    ),
    take: Type.Optional(Type.Enum(['sum', 'count'])),
    less: Type.Optional(TermsSchema),
    over: Type.Optional(TermsSchema),
    where: Type.Optional(WhereSchema),
    per: Type.Optional(Type.Array(Type.String())),
    part: Type.Optional(Spelling),
    select: Type.Optional(Spelling),
    workload: Type.Optional(Spelling),
    scale: Type.Optional(Type.Number()),
    above: Type.Optional(Type.Number({ description: 'Series that are not above this mean "none", as -1 or 0 do.' })),
    below: Type.Optional(Type.Number({ description: 'Series that are not below this mean "no limit".' })),
    share: Type.Optional(
      Type.Boolean({ description: 'A share of the whole: becomes an amount where the ceiling is stated.' }),
    ),
    apart: Type.Optional(
      Type.Boolean({
        description:
          'Of buckets that are pushed: each counts what fell into it alone, above its label gt and up to its label le.',
      }),
    ),
    whole: Type.Optional(
      Type.Boolean({
        description:
          'Of time in use: the whole of it, from when a unit is taken until it is given back; what is never given back is missing there.',
      }),
    ),
    floor: Type.Optional(Type.Number({ minimum: 0 })),
    idle: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: 'What each of its series reads where nothing waits, as the period of a timer; it is taken off.',
      }),
    ),
    reads: Type.Optional(
      Type.String({
        description:
          'How a wait is told where it is not a number that waits, or is refused a second: "$seconds an operation"; also $number, $ratio, $bytes.',
      }),
    ),
  },
  strict,
);
const VariantsSchema = Type.Array(VariantSchema, { minItems: 1 });

const PackResourceSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    kind: Type.Enum([...resourceKinds]),
    layer: Type.Optional(Type.Enum([...layers])),
    unit: Type.String(),
    hard: Type.Optional(Type.Boolean({ description: 'Refuses instead of letting wait.' })),
    per: Type.Optional(Type.Array(Type.String())),
    part: Type.Optional(Spelling),
    workload: Type.Optional(Spelling),
    optional: Type.Optional(Type.String({ description: 'Why a sound installation may not have it.' })),
    floor: Type.Optional(
      Type.Number({ minimum: 0, description: 'Own wait signal below this is no waiting; in the unit of that signal.' }),
    ),
    cure: Type.Optional(Type.String({ description: 'What would make it visible.' })),
    usage: VariantsSchema,
    busy: Type.Optional(VariantsSchema),
    ceiling: Type.Optional(
      Type.Array(VariantSchema, {
        description:
          'An empty list: no exporter tells it; an optional resource is then looked at only where it is stated.',
      }),
    ),
    queue: Type.Optional(VariantsSchema),
    refusals: Type.Optional(VariantsSchema),
    stall: Type.Optional(VariantsSchema),
    completions: Type.Optional(VariantsSchema),
  },
  strict,
);

const PackTrafficSchema = Type.Object(
  {
    arrivals: Type.Optional(VariantsSchema),
    completions: VariantsSchema,
    errors: Type.Optional(VariantsSchema),
    durations: Type.Optional(VariantsSchema),
    buckets: Type.Optional(VariantsSchema),
    in_flight: Type.Optional(VariantsSchema),
  },
  strict,
);

/** One way to find label values: look up a series, take a label, look up the next with what was found ($name). */
const WaySchema = Type.Object(
  {
    needs: Type.Array(Type.String()),
    steps: Type.Array(
      Type.Object({ series: Type.String(), where: Type.Optional(WhereSchema), take: Type.String() }, strict),
      { minItems: 1 },
    ),
  },
  strict,
);

/** One quantity that limits are counted from: read as it is at the end, or a ceiling of a resource of this pack, stated or read. */
const TermRowSchema = Type.Object(
  {
    term: Type.Enum([...termKinds]),
    of: Type.String({ description: 'What it counts; both sides of a limit count the same.' }),
    unit: Type.Optional(Type.String({ description: 'Default: what it counts.' })),
    resource: Type.Optional(Type.String({ description: 'The resource whose ceiling it is, instead of `from`.' })),
    from: Type.Optional(VariantsSchema),
    giver: Type.Optional(Type.String({ description: 'Who gives it, where that is not the component itself.' })),
    to: Type.Optional(Type.Enum([...askers], { description: 'Who may ask for what is given; default callers.' })),
    shared: Type.Optional(
      Type.Boolean({ description: 'Shared rather than refused, and counted for one replica at a time.' }),
    ),
    needed: Type.Optional(Type.Boolean({ description: 'Where it cannot be read, that is said.' })),
    elsewhere: Type.Optional(Type.Boolean({ description: 'Another exporter tells it: `select` does not narrow it.' })),
    per: Type.Optional(Type.Array(Type.String())),
    part: Type.Optional(Spelling),
    workload: Type.Optional(Spelling),
    replica: Type.Optional(
      Type.Array(Type.String(), { description: 'Labels that tell replicas apart, for this row.' }),
    ),
    copies: Type.Optional(
      Type.Array(Type.String(), { description: 'Labels that only tell scrapers apart, for this row.' }),
    ),
  },
  strict,
);

const ChangeRowSchema = Type.Object(
  {
    what: Type.Enum(['restart', 'out-of-memory', 'autoscaled', 'replicas', 'rollout', 'configuration']),
    when: Type.Enum(['rises', 'changes', 'appears']),
    series: Type.String(),
    needs: Type.Optional(Type.Array(Type.String(), { description: 'What must have been found of the workload.' })),
    while: Type.Optional(TermSchema),
    where: Type.Optional(WhereSchema),
    workload: Type.Optional(Spelling),
    per: Type.Optional(Type.Array(Type.String())),
    refused_by: Type.Optional(
      Type.String({ description: 'The resource that was at its limit: each such change is one of its refusals.' }),
    ),
    text: Type.String({
      description: 'What happened; $label stands for the value of a label, $from and $to for values.',
    }),
  },
  strict,
);

/** The signals of one technology, as data: config/packs/README.md tells how to write one. */
export const PackSchema = Type.Object(
  {
    pack: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    title: Type.String(),
    exporter: Type.String({ description: 'What must be installed for its series to exist.' }),
    runtime: Type.Optional(
      Type.Boolean({
        description:
          'Programs of any kind tell it of themselves, exporters too: alone it makes no component where a configuration is guessed.',
      }),
    ),
    by_exporter: Type.Optional(
      Type.Boolean({
        description: 'A program beside it tells its traffic: what a runtime tells along with that is of that program.',
      }),
    ),
    shown_by: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        description: 'Series that show that it is there, where what its resources tell is told by others alike.',
      }),
    ),
    pushed: Type.Optional(
      Type.Boolean({
        description:
          'Its traffic is pushed: a counter is at nought before its first sample, keeps its last value, and is sent only when it changed.',
      }),
    ),
    workload: Type.Optional(Spelling),
    replica: Type.Optional(
      Type.Array(Type.String(), { description: 'Labels that tell replicas apart; default pod, instance.' }),
    ),
    copies: Type.Optional(
      Type.Array(Type.String(), { description: 'Labels that only tell scrapers of the same thing apart.' }),
    ),
    kinds: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, description: 'Labels of its traffic that tell what was asked for.' }),
    ),
    resources: Type.Optional(Type.Array(PackResourceSchema, { minItems: 1 })),
    traffic: Type.Optional(PackTrafficSchema),
    locates: Type.Optional(Type.Record(Type.String(), Type.Array(WaySchema, { minItems: 1 }))),
    changes: Type.Optional(Type.Array(ChangeRowSchema, { minItems: 1 })),
    limits: Type.Optional(Type.Array(TermRowSchema, { minItems: 1 })),
  },
  { ...strict, $id: 'plimsoll/pack/v1' },
);

type Deep<T> = T extends (infer E)[]
  ? readonly Deep<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Deep<T[K]> }
    : T;

export type Pack = Deep<Static<typeof PackSchema>>;
export type PackResource = NonNullable<Pack['resources']>[number];
export type Variant = PackResource['usage'][number];
export type Instrument = Deep<Static<typeof InstrumentSchema>>;
export type Term = Deep<Static<typeof TermSchema>>;
export type LabelTest = Deep<Static<typeof LabelTestSchema>>;
export type Way = Deep<Static<typeof WaySchema>>;
export type TermRow = Deep<Static<typeof TermRowSchema>>;
export type ChangeRow = Deep<Static<typeof ChangeRowSchema>>;
export type PackTraffic = Deep<Static<typeof PackTrafficSchema>>;
