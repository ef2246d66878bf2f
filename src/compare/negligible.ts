/** A difference smaller than this share is none in practice. */
export const negligible = 0.03;
