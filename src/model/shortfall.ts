/** Goodput this much below the load no longer follows it: less fails now and then without any limit. Where it begins to is the capacity. */
export const shortfall = 0.03;
