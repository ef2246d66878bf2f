import { type Static, Type } from 'typebox';
import { bindings } from './finding.ts';
import { LimitSchema } from './limit.ts';
import { layers, resourceKinds, roles } from './resource.ts';
import { SearchOutcomeSchema } from './search-outcome.ts';

const Nothing = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Labels = Type.Record(Type.String(), Type.String());
const TextEnum = <const T extends readonly string[]>(values: T) => Type.Enum<[...T]>([...values]);

/** A number with its 95 % interval, or only one side of it. */
export const IntervalSchema = Type.Union([
  Type.Object({ kind: Type.Literal('interval'), value: Type.Number(), low: Type.Number(), high: Type.Number() }),
  Type.Object({ kind: Type.Literal('at-least'), low: Type.Number() }),
  Type.Object({ kind: Type.Literal('at-most'), high: Type.Number() }),
]);

export const verdictKinds = [
  'saturated',
  'near-tie',
  'unobserved-limit',
  'objective-limited',
  'not-reached',
  'data-invalid',
  'generator-limited',
  'unstable-config',
] as const;

export const resourceStates = ['root', 'symptom', 'busy', 'starved', 'bystander', 'free', 'blind'] as const;

const CandidateSchema = Type.Object({
  component: Type.String(),
  resource: Type.String(),
  at: Labels,
  probability: Type.Number({ minimum: 0, maximum: 1 }),
});

const OwnCapacitySchema = Type.Object({
  rate: IntervalSchema,
  provenance: TextEnum(['reached', 'extrapolated', 'upper-bound']),
  extrapolation: Type.Number(),
  /** Too far away to claim; only tells what is expected next. */
  indicative: Type.Optional(Type.Number()),
});

const HeadroomSchema = Type.Object({
  /** The load headroom is stated against, requests a second. */
  load: Type.Number(),
  reference: TextEnum(['expected', 'history', 'current']),
  /** max(0, 1 − load ÷ capacity) */
  ratio: IntervalSchema,
  /** capacity ÷ load */
  multiplier: IntervalSchema,
  /** capacity − load, requests a second */
  spare: IntervalSchema,
  /** Why nothing is left, or how much is cannot be told, where that is not told by a capacity. */
  because: Type.Optional(Type.String()),
});

const EvidenceSchema = Type.Object({
  text: Type.String(),
  role: TextEnum(roles),
  source: Type.String(),
  promql: Type.String(),
  /** Index into sheet.rows. */
  row: Type.Integer(),
});

const ResourceSchema = Type.Object({
  component: Type.String(),
  resource: Type.String(),
  at: Labels,
  kind: TextEnum(resourceKinds),
  layer: TextEnum(layers),
  unit: Type.String(),
  state: TextEnum(resourceStates),
  because: Nothing(Type.String()),
  peak: Nothing(Type.Object({ usage: Type.Number(), ceiling: Nothing(Type.Number()), ratio: Nothing(Type.Number()) })),
  /** Usage as a share of the ceiling, one entry a window of the sheet. */
  curve: Type.Array(Nothing(Type.Number())),
  onset: Nothing(
    Type.Object({
      /** Requests a second; it began above `above` and at or below `upTo`. */
      load: Type.Object({ above: Nothing(Type.Number()), upTo: Type.Number() }),
      time: Type.String(),
      probability: Type.Number(),
    }),
  ),
  demand: Nothing(
    Type.Object({
      perRequest: IntervalSchema,
      background: Type.Number(),
      method: TextEnum(['utilisation-law', 'hold-time']),
    }),
  ),
  capacity: Nothing(OwnCapacitySchema),
  headroom: Nothing(HeadroomSchema),
  /**
   * Units taken and not given back: so many a second whatever the load, or for each request, or (neither) until a time-out takes them back;
   * `fillsIn` seconds after the last window that had room it is full; `fullAfter` seconds from a restart that empties it, where it fills with time from one to the next.
   */
  leak: Type.Optional(
    Type.Object({
      perSecond: Type.Optional(IntervalSchema),
      perRequest: Type.Optional(IntervalSchema),
      unexplained: Type.Number(),
      fillsIn: Nothing(Type.Number()),
      fullAfter: Type.Optional(Type.Number()),
    }),
  ),
  evidence: Type.Array(EvidenceSchema),
});

/** One request of the script in a step. Counts are of those that were due in it; latencies in seconds. */
const RequestSchema = Type.Object({
  name: Type.String(),
  offered: Type.Number(),
  completed: Type.Integer(),
  good: Type.Integer(),
  errors: Type.Number(),
  errorsByClass: Type.Record(Type.String(), Type.Number()),
  p50: Nothing(Type.Number()),
  p95: Nothing(Type.Number()),
  p99: Nothing(Type.Number()),
  quantiles: Type.Array(Type.Object({ quantile: Type.Number(), range: IntervalSchema })),
});

/** Shares of the time or of what there is, lag in seconds; null where the system does not tell. */
const HealthSchema = Type.Object({
  sendRatio: Type.Number(),
  lagP99: Type.Number(),
  loop: Type.Number(),
  cpu: Type.Number(),
  runQueue: Nothing(Type.Number()),
  throttled: Type.Number(),
  garbage: Nothing(Type.Number()),
  link: Nothing(Type.Number()),
  localErrors: Type.Number(),
});

const StepSchema = Type.Object({
  from: Type.String(),
  to: Type.String(),
  /** How many users asked, where the load was users who wait for their answers. */
  users: Type.Optional(Type.Number()),
  offered: Type.Number(),
  throughput: Type.Number(),
  goodput: Type.Number(),
  errors: Type.Number(),
  p50: Nothing(Type.Number()),
  p95: Type.Optional(Nothing(Type.Number())),
  p99: Nothing(Type.Number()),
  /** What is known of each quantile, in seconds: between two bounds of a histogram, or above its last. */
  quantiles: Type.Optional(Type.Array(Type.Object({ quantile: Type.Number(), range: IntervalSchema }))),
  inFlight: Nothing(Type.Number()),
  generator: Type.String(),
  aside: Nothing(Type.String()),
  errorsByClass: Type.Record(Type.String(), Type.Number()),
  shed: Type.Record(Type.String(), Type.Number()),
  /** Walks and single requests that began, a second, where some arrivals make several requests. */
  arrivals: Type.Optional(Type.Number()),
  /** Each request of the script by itself. */
  requests: Type.Optional(Type.Array(RequestSchema)),
  /** The slowest of the traced requests, by their trace ids. */
  slowest: Type.Optional(Type.Array(Type.Object({ name: Type.String(), trace: Type.String(), took: Type.Number() }))),
});

/** plimsoll/report/v1: what a run came to, with everything a reader needs to repeat it. Times are ISO 8601, all numbers in base units. */
export const ReportSchema = Type.Object(
  {
    schema: Type.Literal('plimsoll/report/v1'),
    version: Type.String(),
    config: Type.String(),
    run: Type.Object({
      id: Type.String(),
      target: Type.String(),
      kind: TextEnum(['probe', 'observe']),
      from: Type.String(),
      to: Type.String(),
      state: TextEnum(['complete', 'aborted']),
    }),
    verdict: Type.Object({
      kind: TextEnum(verdictKinds),
      first: Nothing(Type.Object({ component: Type.String(), resource: Type.String(), at: Labels })),
      set: Type.Array(CandidateSchema),
      probability: Nothing(Type.Number()),
      sentence: Type.String(),
      because: Type.Array(Type.String()),
    }),
    capacity: Nothing(
      Type.Object({
        rate: IntervalSchema,
        binds: TextEnum(bindings),
        provenance: TextEnum(['reached', 'lower-bound', 'extrapolated']),
        fingerprint: Type.String(),
      }),
    ),
    headroom: Nothing(HeadroomSchema),
    /** Why there is no load to state headroom against. */
    unstated: Type.Optional(Type.String()),
    /** Against the load at the end of an observed window; never the headline. */
    current: Nothing(HeadroomSchema),
    next: Nothing(Type.Object({ component: Type.String(), resource: Type.String(), capacity: OwnCapacitySchema })),
    remedy: Nothing(Type.String()),
    resources: Type.Array(ResourceSchema),
    /** Configured limits against each other, counted before any load. */
    limits: Type.Array(LimitSchema),
    scalability: Type.Union([
      Type.Object({
        kind: Type.Literal('fitted'),
        contention: IntervalSchema,
        coherency: IntervalSchema,
        unit: IntervalSchema,
        /** What contention alone would leave, requests a second. */
        limit: Type.Optional(IntervalSchema),
        peak: Nothing(Type.Number()),
        downturn: Type.Optional(TextEnum(['seen', 'extrapolated', 'not-supported'])),
      }),
      Type.Object({ kind: Type.Literal('not-carried'), because: Type.String() }),
    ]),
    load: Type.Object({
      axis: TextEnum(['arrivals', 'throughput']),
      steps: Type.Array(StepSchema),
      stopped: Nothing(Type.Object({ why: Type.String(), safety: Type.Boolean() })),
      recovery: Nothing(Type.String()),
      /** What a search for the highest load that meets the objectives came to; absent for any other plan. */
      search: Type.Optional(SearchOutcomeSchema),
    }),
    generator: Type.Object({
      verdict: TextEnum(['ok', 'suspect', 'capped', 'limited', 'foreign']),
      because: Type.Array(Type.String()),
      /** What was measured of it in each step, in their order; only of load of our own. */
      steps: Type.Optional(Type.Array(HealthSchema)),
    }),
    objectives: Type.Array(
      Type.Object({
        text: Type.String(),
        crossed: Type.Boolean(),
        /** The load at which it was crossed, and the highest one below that which met it. */
        upTo: Nothing(Type.Number()),
        met: Type.Optional(Nothing(Type.Number())),
        /** The lowest load at which it was missed in windows of our own load, though others of that load or above met it, and in how many. */
        missed: Type.Optional(Nothing(Type.Object({ load: Type.Number(), text: Type.String() }))),
        /** Where it cannot be told, and why. */
        open: Type.Optional(Nothing(Type.String())),
      }),
    ),
    sheet: Type.Object({
      windows: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), load: Type.Number() })),
      rows: Type.Array(
        Type.Object({
          component: Type.String(),
          resource: Type.String(),
          at: Labels,
          role: TextEnum(roles),
          /** One reading a window; null where there was none, and then `absent` says why. */
          values: Type.Array(Nothing(Type.Number())),
          absent: Type.Array(Nothing(Type.String())),
        }),
      ),
    }),
    blind: Type.Array(
      Type.Object({ component: Type.String(), resource: Type.String(), why: Type.String(), cure: Type.String() }),
    ),
    notes: Type.Array(Type.String()),
  },
  { $id: 'plimsoll/report/v1' },
);

export type Report = Static<typeof ReportSchema>;
