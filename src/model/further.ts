/** Loads closer together than this are about the same: a load is further on from this multiple of another. */
export const further = 1.07;
