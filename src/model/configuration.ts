import { type Static, Type } from 'typebox';
import type { Component } from './component.ts';
import type { Note } from './note.ts';
import type { Objectives } from './objectives.ts';
import type { TrafficSource } from './order.ts';
import type { Pack } from './pack.ts';
import type { Place } from './place.ts';
import { type PlanShape, PlanShapeSchema } from './plan-shape.ts';
import { CeilingText, Count, DurationText, Name, PathText, PrefixText, RateText, ShareText } from './quantities.ts';
import {
  type ClassSource,
  DataSchema,
  type FeederSource,
  RequestSchema,
  SessionsSchema,
  type SessionsSource,
} from './request-source.ts';
import type { Caps } from './script.ts';
import type { OwnStopLimits } from './stop-limits.ts';
import type { PerSecond, Seconds } from './units.ts';
import type { Wire } from './wire.ts';

const strict = { additionalProperties: false } as const;
const LabelsSchema = Type.Record(Type.String(), Type.String());
/** Label → the value that it must have, or several of which it must have one. */
const SelectSchema = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })]),
);

const PrometheusSchema = Type.Object(
  {
    name: Name,
    url: Type.String(),
    flavor: Type.Optional(Type.Enum(['auto', 'prometheus', 'victoriametrics', 'thanos', 'mimir'])),
    select: Type.Optional(LabelsSchema),
    tenant: Type.Optional(Type.String()),
    bearer_token_file: Type.Optional(PathText),
    basic_auth: Type.Optional(Type.Object({ username: Type.String(), password_file: PathText }, strict)),
    headers: Type.Optional(LabelsSchema),
    headers_file: Type.Optional(LabelsSchema),
    timeout: Type.Optional(DurationText),
  },
  strict,
);

const LimitsSchema = Type.Object(
  {
    rate: Type.Optional(RateText),
    in_flight: Type.Optional(Count),
    requests: Type.Optional(Count),
    duration: Type.Optional(DurationText),
  },
  strict,
);

const SignalsSchema = Type.Object(
  {
    pack: Name,
    from: Type.Optional(Name),
    select: Type.Optional(SelectSchema),
    part: Type.Optional(LabelsSchema),
  },
  strict,
);

const ComponentSchema = Type.Object(
  {
    name: Name,
    workload: Type.Optional(LabelsSchema),
    replica: Type.Optional(Name),
    signals: Type.Optional(Type.Array(SignalsSchema)),
    ceilings: Type.Optional(Type.Record(Type.String(), CeilingText)),
    addresses: Type.Optional(Type.Object({ range: PrefixText, each: PrefixText }, strict)),
    on: Type.Optional(Name),
    calls: Type.Optional(Type.Array(Name)),
  },
  strict,
);

const TlsSchema = Type.Object(
  {
    ca_file: Type.Optional(PathText),
    cert_file: Type.Optional(PathText),
    key_file: Type.Optional(PathText),
    server_name: Type.Optional(Name),
    verify: Type.Optional(Type.Boolean()),
  },
  strict,
);

const LoadSchema = Type.Object(
  {
    url: Type.String(),
    plan: Type.Optional(Type.Union([Name, PlanShapeSchema])),
    writes: Type.Optional(Type.Boolean()),
    timeout: Type.Optional(DurationText),
    http: Type.Optional(Type.Enum([1, 2])),
    streams: Type.Optional(Count),
    connections: Type.Optional(Type.Enum(['kept', 'new'])),
    tls: Type.Optional(TlsSchema),
    workers: Type.Optional(Count),
    guards: Type.Optional(Type.Record(Type.String(), Type.String())),
    stop: Type.Optional(Type.Object({ errors: Type.Optional(ShareText), p95: Type.Optional(DurationText) }, strict)),
    data: Type.Optional(DataSchema),
    sessions: Type.Optional(SessionsSchema),
    trace_every: Type.Optional(Count),
    requests: Type.Array(RequestSchema, { minItems: 1 }),
  },
  strict,
);

const TargetSchema = Type.Object(
  {
    name: Name,
    expect: Type.Optional(RateText),
    objectives: Type.Optional(
      Type.Object(
        {
          p50: Type.Optional(DurationText),
          p90: Type.Optional(DurationText),
          p95: Type.Optional(DurationText),
          p99: Type.Optional(DurationText),
          p999: Type.Optional(DurationText),
          errors: Type.Optional(ShareText),
          throughput: Type.Optional(RateText),
        },
        strict,
      ),
    ),
    traffic: Type.Optional(
      Type.Object(
        {
          pack: Name,
          from: Type.Optional(Name),
          select: Type.Optional(SelectSchema),
          except: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
        },
        strict,
      ),
    ),
    components: Type.Array(Type.Union([ComponentSchema, Name])),
    load: Type.Optional(LoadSchema),
    watch: Type.Optional(
      Type.Object({ observe: Type.Optional(DurationText), probe: Type.Optional(Type.String()) }, strict),
    ),
  },
  strict,
);

/** The configuration as it is written; `config/plimsoll.yaml` shows every key with its default. */
export const ConfigurationSchema = Type.Object(
  {
    apiVersion: Type.Literal('plimsoll.dev/v1'),
    prometheus: Type.Array(PrometheusSchema, { minItems: 1 }),
    limits: Type.Optional(LimitsSchema),
    packs: Type.Optional(PathText),
    plans: Type.Optional(PathText),
    components: Type.Optional(Type.Array(ComponentSchema)),
    targets: Type.Optional(Type.Array(TargetSchema)),
    storage: Type.Optional(Type.Object({ path: Type.Optional(PathText) }, strict)),
    http: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(Type.String({ minLength: 1 })),
          port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535, title: 'a port', examples: ['9464'] })),
        },
        strict,
      ),
    ),
  },
  { ...strict, $id: 'plimsoll/configuration/v1' },
);

export type ConfigurationText = Static<typeof ConfigurationSchema>;

/** One Prometheus, with where its secrets lie; they are read anew on each use and stand in no value. */
export type PrometheusSource = {
  readonly name: string;
  readonly url: string;
  readonly flavor: 'auto' | 'prometheus' | 'victoriametrics' | 'thanos' | 'mimir';
  /** Labels added to every query. */
  readonly select: Readonly<Record<string, string>>;
  readonly tenant: string | undefined;
  readonly bearerTokenFile: string | undefined;
  readonly basicAuth: { readonly username: string; readonly passwordFile: string } | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Header → file that holds its value. */
  readonly headersFile: Readonly<Record<string, string>>;
  readonly timeout: Seconds;
  readonly place: Place;
};

/** What allows a target to be loaded, and how. */
export type LoadSource = {
  readonly url: string;
  readonly plan: PlanShape;
  readonly writes: boolean;
  readonly timeout: Seconds;
  readonly wire: Wire;
  /** Worker threads; undefined leaves it to the load engine. */
  readonly workers: number | undefined;
  /** Name → PromQL that stops the load when it turns true. */
  readonly guards: Readonly<Record<string, string>>;
  /** What stops it sooner than the limits of every run. */
  readonly stop: OwnStopLimits;
  readonly data: readonly FeederSource[];
  readonly sessions: SessionsSource | undefined;
  /** One in so many requests carries a `traceparent`. */
  readonly traceEvery: number | undefined;
  readonly requests: readonly ClassSource[];
  readonly place: Place;
};

/** A system under test, with everything that an order for it needs. */
export type Target = {
  readonly name: string;
  readonly expect: PerSecond | undefined;
  readonly objectives: Objectives;
  readonly traffic: TrafficSource | undefined;
  /** Its own components and the shared ones that they name, callers before what they call. */
  readonly components: readonly Component[];
  /** Without it the target may only be observed. */
  readonly load: LoadSource | undefined;
  readonly watch: { readonly observe: Seconds | undefined; readonly probe: string | undefined };
  readonly place: Place;
};

/** The configuration, checked and resolved: frozen values that know their file and line. */
export type Configuration = {
  readonly file: string;
  /** Changes when any setting, pack or plan that it uses changes; not with comments or layout. */
  readonly hash: string;
  readonly prometheus: readonly PrometheusSource[];
  readonly limits: Caps;
  readonly packs: readonly Pack[];
  readonly targets: readonly Target[];
  readonly storage: { readonly path: string };
  readonly http: { readonly host: string; readonly port: number };
  readonly notes: readonly Note[];
};
