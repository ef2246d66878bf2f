import { type Static, Type } from 'typebox';

const Nothing = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** How two configured sides go together. cannot-tell: a term that decides it is not known. */
export const limitVerdicts = ['exceeded', 'tight', 'cannot-tell', 'fits'] as const;

/** From where to where a number may lie; no `high` where nothing bounds it. */
const BoundsSchema = Type.Object({ low: Type.Number(), high: Nothing(Type.Number()) });

const LimitTermSchema = Type.Object({
  side: Type.Enum(['asked', 'given']),
  component: Type.String(),
  text: Type.String(),
  value: BoundsSchema,
  provenance: Type.Enum(['read', 'counted', 'stated', 'unknown']),
  source: Nothing(Type.String()),
  promql: Nothing(Type.String()),
});

/** What may be asked of something against what it gives, counted from the configuration before any load. */
export const LimitSchema = Type.Object({
  /** Who gives, and what. */
  component: Type.String(),
  resource: Type.String(),
  at: Type.Record(Type.String(), Type.String()),
  unit: Type.String(),
  verdict: Type.Enum([...limitVerdicts]),
  asked: BoundsSchema,
  given: BoundsSchema,
  terms: Type.Array(LimitTermSchema),
  text: Type.String(),
});

export type Limit = Static<typeof LimitSchema>;
export type LimitTerm = Static<typeof LimitTermSchema>;
export type LimitVerdict = (typeof limitVerdicts)[number];
