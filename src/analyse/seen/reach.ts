import { atCeiling } from '../../model/full.ts';

/** How far calm windows carry, for leaves and holds alike. */
export const reach = {
  /** Above this share of its ceiling a hold is held longer than at low load, and the slope biased (analysis 3.5). */
  clamped: 0.8,
  /** A leaf that is used less than this is not saturated: while the target keeps up, the utilisation law holds for all of its work. */
  full: atCeiling,
  /** Extrapolating further than this is refused (analysis 3.8): then only the side is told that the data carry. */
  farthest: 3.4,
  /** Below this share of its ceiling nothing is said about where a resource ends. */
  barelyUsed: 0.3,
} as const;

/** So far a bound may reach beyond what was seen, whatever a line says. */
export const boundReaches = 2;
