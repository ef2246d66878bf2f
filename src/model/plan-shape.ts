import { type Static, Type } from 'typebox';
import { DurationText, LevelText, RateText, ShareText, ThinkText } from './quantities.ts';
import type { Think } from './think.ts';
import type { PerSecond, Ratio, Seconds } from './units.ts';

const strict = { additionalProperties: false } as const;
const Factor = Type.Number({ exclusiveMinimum: 1, title: 'a factor above 1', examples: ['1.3'] });

/** What every kind may say. */
const ofAny = {
  settle: Type.Optional(DurationText),
  measure: Type.Optional(DurationText),
  arrivals: Type.Optional(Type.Enum(['uniform', 'poisson'])),
  seed: Type.Optional(Type.Integer({ minimum: 0 })),
  think: Type.Optional(ThinkText),
  spawn: Type.Optional(RateText),
};

const Overloaded = Type.Integer({ minimum: 0, title: 'a whole number, 0 to go on to the end', examples: ['2'] });

/** How load is to be offered, as it is written: a file of config/plans or inline in the configuration. */
export const PlanShapeSchema = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Literal('staircase'),
        from: Type.Optional(LevelText),
        to: Type.Optional(LevelText),
        factor: Type.Optional(Factor),
        rates: Type.Optional(Type.Array(RateText, { minItems: 1 })),
        users: Type.Optional(
          Type.Array(Type.Integer({ minimum: 1, title: 'a number of users', examples: ['20'] }), { minItems: 1 }),
        ),
        overloaded_steps: Type.Optional(Overloaded),
        ...ofAny,
      },
      strict,
    ),
    Type.Object(
      {
        kind: Type.Literal('ramp'),
        from: Type.Optional(LevelText),
        to: Type.Optional(LevelText),
        lasts: Type.Optional(DurationText),
        ...ofAny,
      },
      strict,
    ),
    Type.Object({ kind: Type.Literal('soak'), at: LevelText, lasts: Type.Optional(DurationText), ...ofAny }, strict),
    Type.Object(
      {
        kind: Type.Literal('spike'),
        from: LevelText,
        to: LevelText,
        before: Type.Optional(DurationText),
        lasts: Type.Optional(DurationText),
        after: Type.Optional(DurationText),
        ...ofAny,
      },
      strict,
    ),
    Type.Object(
      {
        kind: Type.Literal('search'),
        from: Type.Optional(LevelText),
        to: Type.Optional(LevelText),
        factor: Type.Optional(Factor),
        precision: Type.Optional(ShareText),
        hold: Type.Optional(DurationText),
        ...ofAny,
      },
      strict,
    ),
  ],
  { $id: 'plimsoll/plan/v1' },
);

export type PlanText = Static<typeof PlanShapeSchema>;

/** What every shape has. What is undefined is left to the plan room: it lays the steps out against the caps and the slowest scrape interval. */
type OfAny = {
  readonly name: string;
  /** Whether levels are requests a second, or users who wait for their answers. */
  readonly model: 'open' | 'closed';
  readonly settle: Seconds | undefined;
  readonly measure: Seconds | undefined;
  readonly arrivals: 'uniform' | 'poisson' | undefined;
  readonly seed: number | undefined;
  /** The pause of a user between an answer and the next request. */
  readonly think: Think | undefined;
  /** How many users begin in a second. */
  readonly spawn: PerSecond | undefined;
};

/** A plan with numbers; levels are requests a second or users. */
export type StaircaseShape = OfAny & {
  readonly kind: 'staircase';
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Each level is this much higher than the one before. */
  readonly factor: number | undefined;
  /** The levels one by one, instead of from, to and factor. */
  readonly levels: readonly number[] | undefined;
  /** After so many steps in a row that fell clearly behind it ends; 0 goes on to the end. */
  readonly overloadedSteps: number | undefined;
};

export type RampShape = OfAny & {
  readonly kind: 'ramp';
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly lasts: Seconds | undefined;
};

export type SoakShape = OfAny & { readonly kind: 'soak'; readonly at: number; readonly lasts: Seconds | undefined };

export type SpikeShape = OfAny & {
  readonly kind: 'spike';
  readonly from: number;
  readonly to: number;
  readonly before: Seconds | undefined;
  readonly lasts: Seconds | undefined;
  readonly after: Seconds | undefined;
};

export type SearchShape = OfAny & {
  readonly kind: 'search';
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly factor: number | undefined;
  /** How close the last level that passed and the first that failed come, as a share. */
  readonly precision: Ratio | undefined;
  /** How long the level that is found is held again. */
  readonly hold: Seconds | undefined;
};

export type PlanShape = StaircaseShape | RampShape | SoakShape | SpikeShape | SearchShape;
