import { type Static, Type } from 'typebox';
import type { Place } from './place.ts';
import { Count, DurationText, Name, PathText, ThinkText } from './quantities.ts';
import type { Check, Extraction, Feeder } from './script.ts';
import type { Think } from './think.ts';

const strict = { additionalProperties: false } as const;
const HeadersSchema = Type.Record(Type.String(), Type.String());
const Method = Type.Enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);
const UrlPath = Type.String({ pattern: '^/', title: 'a path that begins with "/"', examples: ['/items'] });
const Pointer = Type.String({ pattern: '^(/([^~]|~[01])*)?$', title: 'a JSON pointer', examples: ['/items/0/id'] });
const Pattern = Type.String({ minLength: 1, title: 'a regular expression' });
const Status = Type.Integer({ minimum: 100, maximum: 599, title: 'a status', examples: ['201'] });

const ExtractionSchema = Type.Object(
  { json: Type.Optional(Pointer), header: Type.Optional(Type.String()), regex: Type.Optional(Pattern) },
  strict,
);

const ChecksSchema = Type.Object(
  {
    status: Type.Optional(Type.Union([Status, Type.Array(Status, { minItems: 1 })])),
    within: Type.Optional(DurationText),
    has: Type.Optional(Type.Union([Pointer, Type.Array(Pointer, { minItems: 1 })])),
    json: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    ),
    contains: Type.Optional(Type.String({ minLength: 1 })),
    matches: Type.Optional(Pattern),
  },
  strict,
);

const sent = {
  method: Type.Optional(Method),
  headers: Type.Optional(HeadersSchema),
  json: Type.Optional(Type.Unknown()),
  body: Type.Optional(Type.String()),
  extract: Type.Optional(Type.Record(Type.String(), ExtractionSchema)),
  checks: Type.Optional(ChecksSchema),
};

const StepSchema = Type.Object({ name: Name, path: UrlPath, think: Type.Optional(ThinkText), ...sent }, strict);

/** One request of the mix, or a walk of several. */
export const RequestSchema = Type.Object(
  {
    name: Name,
    weight: Type.Optional(Type.Number({ exclusiveMinimum: 0, title: 'a weight above 0', examples: ['8'] })),
    session: Type.Optional(Type.Boolean()),
    path: Type.Optional(UrlPath),
    ...sent,
    steps: Type.Optional(Type.Array(StepSchema, { minItems: 1 })),
  },
  strict,
);

export const SessionsSchema = Type.Object(
  {
    size: Type.Optional(Count),
    login: Type.Array(StepSchema, { minItems: 1 }),
    headers: Type.Optional(HeadersSchema),
  },
  strict,
);

/** Name → rows, from a file of CSV or JSON. */
export const DataSchema = Type.Record(
  Type.String(),
  Type.Union([
    PathText,
    Type.Object({ file: PathText, order: Type.Optional(Type.Enum(['sequential', 'random', 'unique'])) }, strict),
  ]),
);

export type RequestText = Static<typeof RequestSchema>;
export type StepText = Static<typeof StepSchema>;

export type DataText = Static<typeof DataSchema>;

/** One request as it is written; templates are still text. */
export type RequestSource = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text, with its content type in `headers`; JSON is already written out. */
  readonly body: { readonly text: string; readonly isJson: boolean } | undefined;
  readonly extract: readonly Extraction[];
  readonly checks: readonly Check[];
  readonly think: Think | undefined;
  readonly place: Place;
};

/** What an arrival does, as it is written: one request, or a walk of several. */
export type ClassSource = {
  readonly name: string;
  readonly weight: number;
  /** Done in a session wherever the load has some. */
  readonly session: boolean;
  readonly steps: readonly RequestSource[];
};

export type SessionsSource = {
  /** Undefined: as many as the default, but no more than the rows of a unique feeder give. */
  readonly size: number | undefined;
  readonly login: readonly RequestSource[];
  /** What every request in a session carries. */
  readonly headers: Readonly<Record<string, string>>;
  readonly place: Place;
};

/** Rows and where they come from. They hold what users are called and how they log in: no message and no report shows a value of theirs. */
export type FeederSource = Omit<Feeder, 'per'> & { readonly file: string; readonly place: Place };
