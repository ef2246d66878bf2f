import { Type } from 'typebox';
import { DurationText, RateText } from './quantities.ts';
import type { PerSecond, Seconds } from './units.ts';

/** How load is to be offered, as it is written: a file of config/plans or inline in the configuration. */
export const PlanShapeSchema = Type.Object(
  {
    kind: Type.Literal('staircase'),
    from: Type.Optional(RateText),
    to: Type.Optional(RateText),
    factor: Type.Optional(Type.Number({ exclusiveMinimum: 1, title: 'a factor above 1', examples: ['1.3'] })),
    rates: Type.Optional(Type.Array(RateText, { minItems: 1 })),
    settle: Type.Optional(DurationText),
    measure: Type.Optional(DurationText),
    arrivals: Type.Optional(Type.Enum(['uniform', 'poisson'])),
    seed: Type.Optional(Type.Integer({ minimum: 0 })),
    overloaded_steps: Type.Optional(
      Type.Integer({ minimum: 0, title: 'a whole number, 0 to go on to the end', examples: ['2'] }),
    ),
  },
  { additionalProperties: false, $id: 'plimsoll/plan/v1' },
);

/** The same with numbers. What is undefined is left to the plan room: it lays the steps out against the caps and the slowest scrape interval. */
export type PlanShape = {
  readonly name: string;
  readonly kind: 'staircase';
  readonly from: PerSecond | undefined;
  readonly to: PerSecond | undefined;
  /** Each rate is this much higher than the one before. */
  readonly factor: number | undefined;
  /** The rates one by one, instead of from, to and factor. */
  readonly rates: readonly PerSecond[] | undefined;
  readonly settle: Seconds | undefined;
  readonly measure: Seconds | undefined;
  readonly arrivals: 'uniform' | 'poisson' | undefined;
  readonly seed: number | undefined;
  /** After so many steps in a row that fell clearly behind it ends; 0 goes on to the end. */
  readonly overloadedSteps?: number | undefined;
};
