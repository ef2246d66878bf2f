import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Something that nobody can guess, for one answer. */
export const freshNonce = (): string => randomBytes(18).toString('base64');

/** Whether two secrets are the same, without telling by the time it takes how much of them is. */
export const isSameSecret = (one: string, other: string): boolean => timingSafeEqual(sha256(one), sha256(other));
