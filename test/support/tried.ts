/** Set by `npm test`: everything that is drawn is tried in full. */
export const inFull = 'PLIMSOLL_TRY_ALL';

/** The first few of what is tried in full by `npm test`: what breaks for everybody shows here at once, what breaks for a rare one shows there. */
export const tried = <T>(all: readonly T[], few: number): readonly T[] =>
  process.env[inFull] === undefined ? all.slice(0, few) : all;

/** How often something drawn is tried. */
export const times = (all: number, few: number): number => (process.env[inFull] === undefined ? few : all);
