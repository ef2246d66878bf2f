/** A difference smaller than this share is none in practice: ratios from 1 ÷ 1.03 to 1.03, so that the order of the sides does not matter. */
export const negligible = 0.03;
