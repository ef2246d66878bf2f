import { ComparisonSchema } from '../../src/model/comparison.ts';
import { ConfigurationSchema } from '../../src/model/configuration.ts';
import { PackSchema } from '../../src/model/pack.ts';
import { PlanShapeSchema } from '../../src/model/plan-shape.ts';
import { ReportSchema } from '../../src/model/report.ts';
import type { Surface } from './surfaces.ts';

const asText = (schema: unknown) => () => Promise.resolve(`${JSON.stringify(schema, undefined, 2)}\n`);

/** What is read and written, as JSON Schema. */
export const schemas: readonly Surface[] = [
  { name: 'configuration.schema.json', text: asText(ConfigurationSchema) },
  { name: 'pack.schema.json', text: asText(PackSchema) },
  { name: 'plan.schema.json', text: asText(PlanShapeSchema) },
  { name: 'report.schema.json', text: asText(ReportSchema) },
  { name: 'comparison.schema.json', text: asText(ComparisonSchema) },
];
