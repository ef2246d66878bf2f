/** A resource that is used to this share of its own ceiling is at it (DESIGN, words: saturated). */
export const atCeiling = 0.95;

/** A hold of which this share is in use on average has none to lend most of the time. */
export const noRoom = 0.9;
