import { type Static, Type } from 'typebox';
import { IntervalSchema, ReportSchema } from './report.ts';

const Nothing = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** One quantity of two set-ups, one value a run: the ratio of the later to the earlier, and whether the difference is real. `changed` is for what is no number. */
const DifferenceSchema = Type.Object({
  what: Type.String(),
  unit: Type.String(),
  runs: Type.Array(Type.String()),
  values: Type.Array(Nothing(Type.Number())),
  ratio: Nothing(IntervalSchema),
  /** Cliff's delta, from −1 (every later run lies below every earlier one) to 1; null where a side has fewer than three runs. */
  effect: Nothing(Type.Number({ minimum: -1, maximum: 1 })),
  finding: Type.Enum(['higher', 'lower', 'equivalent', 'changed', 'cannot-tell']),
  /** Of what cannot be told: about how many runs a side would decide it; null where that is not known. */
  repeats: Nothing(Type.Integer()),
  sentence: Type.String(),
});

/** Two set-ups, the repeats of each by their ids, and what they come to as a whole. */
const PairSchema = Type.Object({
  earlier: Type.Array(Type.String()),
  later: Type.Array(Type.String()),
  answer: Type.Enum(['different', 'equivalent', 'cannot-tell']),
  sentence: Type.String(),
});

/** plimsoll/comparison/v1: several runs and what differs between them. */
export const ComparisonSchema = Type.Object(
  {
    schema: Type.Literal('plimsoll/comparison/v1'),
    reports: Type.Array(ReportSchema),
    pairs: Type.Array(PairSchema),
    differences: Type.Array(DifferenceSchema),
    sentence: Type.String(),
  },
  { $id: 'plimsoll/comparison/v1' },
);

export type Comparison = Static<typeof ComparisonSchema>;
export type Difference = Static<typeof DifferenceSchema>;
export type ComparedPair = Static<typeof PairSchema>;
