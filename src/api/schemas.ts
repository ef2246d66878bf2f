import { type Static, type TSchema, Type } from '@fastify/type-provider-typebox';
import { ReportSchema, verdictKinds } from '../model/report.ts';

const strict = { additionalProperties: false } as const;
const Nothing = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Time = Type.String({ description: 'ISO 8601, in UTC', examples: ['2026-11-21T04:00:00.000Z'] });
const Id = Type.String({ minLength: 1, maxLength: 300, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' });
const Name = Type.String({ minLength: 1, maxLength: 200 });

export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String({ description: 'the word for this kind of fault; stable within a major version' }),
  },
  { $id: 'Problem', description: 'RFC 9457' },
);

const Above0 = Type.Number({ exclusiveMinimum: 0 });
const Count = Type.Integer({ minimum: 1 });

export const CapsSchema = Type.Object(
  {
    rate: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'requests a second' })),
    inFlight: Type.Optional(Count),
    requests: Type.Optional(Count),
    duration: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'seconds' })),
  },
  strict,
);

/** What a run with load may be asked for: less than the configuration allows, never more, and never another address. */
export const ProbeSchema = Type.Object({ limits: Type.Optional(CapsSchema) }, { ...strict, $id: 'Probe' });

export const ObservationSchema = Type.Object(
  { target: Name, from: Time, to: Time },
  { ...strict, $id: 'Observation', description: 'a window whose load others made' },
);

export const RunSchema = Type.Object(
  {
    id: Type.String(),
    target: Type.String(),
    kind: Type.Enum(['probe', 'observe']),
    state: Type.Enum(['queued', 'running', 'complete', 'aborted', 'failed']),
    started: Time,
    ended: Nothing(Time),
    why: Nothing(Type.String({ description: 'why it was aborted or failed' })),
    stopRequested: Type.Boolean(),
    href: Type.String(),
    report: Nothing(Type.String({ description: 'where the report of a complete run lies' })),
  },
  { $id: 'Run' },
);

export const RunsSchema = Type.Object(
  {
    runs: Type.Array(RunSchema),
    next: Nothing(Type.String({ description: 'pass it as `before` for the next page; null on the last' })),
  },
  { $id: 'Runs' },
);

export const TargetSchema = Type.Object(
  {
    name: Type.String(),
    components: Type.Array(Type.String()),
    limits: Nothing(Type.Object({ rate: Above0, inFlight: Above0, requests: Above0, duration: Above0 })),
    watch: Type.Object({ observe: Nothing(Type.Number()), probe: Nothing(Type.String()) }),
    latest: Nothing(
      Type.Object({
        run: Type.String(),
        to: Time,
        verdict: Type.Enum([...verdictKinds]),
        sentence: Type.String(),
        report: Type.String(),
      }),
    ),
    headroom: Type.String({ description: 'where the headroom of the target is told' }),
  },
  { $id: 'Target' },
);

export const TargetsSchema = Type.Object({ targets: Type.Array(TargetSchema) }, { $id: 'Targets' });

const { run, verdict, capacity, headroom, current, next, remedy } = ReportSchema.properties;

export const HeadroomSchema = Type.Object(
  {
    target: Type.String(),
    run: run,
    verdict: verdict,
    capacity: capacity,
    headroom: headroom,
    current: current,
    next: next,
    remedy: remedy,
    later: Nothing(
      Type.Object(
        { run: Type.String(), verdict: Type.Enum([...verdictKinds]), sentence: Type.String() },
        { description: 'a newer run that came to no answer' },
      ),
    ),
    report: Type.String(),
  },
  { $id: 'Headroom' },
);

export const AskedSchema = Type.Object({ asked: Type.Integer({ description: 'how many runs were asked to stop' }) });
export const WordSchema = Type.Object({ status: Type.String() });

export const byTarget = Type.Object({ target: Name });
export const byRun = Type.Object({ run: Id });
export const headroomQuery = Type.Object({ format: Type.Optional(Type.Enum(['json', 'text', 'markdown'])) }, strict);
export const reportQuery = Type.Object(
  { format: Type.Optional(Type.Enum(['json', 'text', 'markdown', 'html'])) },
  strict,
);
export const comparisonQuery = Type.Object(
  {
    runs: Type.String({ description: 'ids of two runs or more, with commas between them', maxLength: 1000 }),
    against: Type.Optional(
      Type.String({
        description:
          'ids of the later runs, with commas between them: then `runs` are repeats of one set-up, and these of another',
        maxLength: 1000,
      }),
    ),
  },
  strict,
);
export const runsQuery = Type.Object(
  {
    target: Type.Optional(Name),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    before: Type.Optional(Id),
  },
  strict,
);

export type Problem = Static<typeof ProblemSchema>;
export type RunView = Static<typeof RunSchema>;
export type TargetView = Static<typeof TargetSchema>;
export type HeadroomView = Static<typeof HeadroomSchema>;
