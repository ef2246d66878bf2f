import { createHash, timingSafeEqual } from 'node:crypto';

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** A text as a content security policy names it. */
export const policyHash = (text: string): string => `'sha256-${sha256(text).toString('base64')}'`;

/** Whether two secrets are the same, without telling by the time it takes how much of them is. */
export const isSameSecret = (one: string, other: string): boolean => timingSafeEqual(sha256(one), sha256(other));
