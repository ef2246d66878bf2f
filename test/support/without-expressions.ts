import type { Pack } from '../../src/model/pack.ts';
import { roles } from '../../src/model/resource.ts';

/** Packs without what they tell by an expression, which no source in memory evaluates: a ceiling that is told so must be stated. */
export const withoutExpressions = (packs: readonly Pack[]): readonly Pack[] =>
  packs.map((pack) => ({
    ...pack,
    ...(pack.resources && {
      resources: pack.resources.map((resource) => ({
        ...resource,
        ...Object.fromEntries(
          roles.flatMap((role) => {
            const variants = resource[role];
            return variants ? [[role, variants.filter(({ promql }) => promql === undefined)]] : [];
          }),
        ),
      })),
    }),
  }));
