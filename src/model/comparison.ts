import { type Static, Type } from 'typebox';
import { IntervalSchema, ReportSchema } from './report.ts';

/** One quantity of two set-ups, one value a run: the ratio of the later to the earlier, and whether the difference is real. `changed` is for what is no number. */
const DifferenceSchema = Type.Object({
  what: Type.String(),
  unit: Type.String(),
  runs: Type.Array(Type.String()),
  values: Type.Array(Type.Union([Type.Number(), Type.Null()])),
  ratio: Type.Union([IntervalSchema, Type.Null()]),
  finding: Type.Enum(['higher', 'lower', 'equivalent', 'changed', 'cannot-tell']),
  sentence: Type.String(),
});

/** plimsoll/comparison/v1: several runs and what differs between them. */
export const ComparisonSchema = Type.Object(
  {
    schema: Type.Literal('plimsoll/comparison/v1'),
    reports: Type.Array(ReportSchema),
    differences: Type.Array(DifferenceSchema),
    sentence: Type.String(),
  },
  { $id: 'plimsoll/comparison/v1' },
);

export type Comparison = Static<typeof ComparisonSchema>;
export type Difference = Static<typeof DifferenceSchema>;
