import { expect, test } from 'vitest';
import { cases, estimates } from './theory.ts';

/** Standard errors that an estimate may be off: beyond it lies one in some 1500 of right ones (t with 23 degrees of freedom), and the draws are always the same. */
const allowed = 4;
/** An estimate with a larger relative error would show nothing. */
const sharp = 0.12;

test.each(cases)('$name is as theory has it, within its sampling error', (one) => {
  for (const { what, is, mean, error } of estimates(one)) {
    expect(error / is, `error of ${what}`).toBeLessThan(sharp);
    expect(Math.abs(mean - is) / error, `${what} is ${mean}, not ${is}`).toBeLessThan(allowed);
  }
});
