import { ratio } from './units.ts';

/** The quantiles of latency that are told, and that an objective can be set for. */
export const toldQuantiles = [0.5, 0.9, 0.95, 0.99, 0.999].map(ratio);
