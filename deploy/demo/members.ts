import { createHmac, timingSafeEqual } from 'node:crypto';

/** Those who may log in to the shop, as a feeder of their names and passwords. */
export const membersCsv = (count: number): string =>
  ['user,password', ...Array.from({ length: count }, (_, index) => `member-${index},${passwordOf(`member-${index}`)}`)]
    .map((line) => `${line}\n`)
    .join('');

/** What they ask for: an item and how many of it. */
export const itemsCsv = (count: number): string =>
  ['item,count', ...Array.from({ length: count }, (_, index) => `${1 + ((index * 37) % 5000)},${1 + (index % 3)}`)]
    .map((line) => `${line}\n`)
    .join('');

/** In a shop that sells nothing a password follows from the name. */
export const passwordOf = (user: string): string => `of-${user}`;

/** A token that every worker can check without asking another: the name, and a signature that only the shop can make. */
export const tokenOf = (user: string, key: string): string => `${user}.${signature(user, key)}`;

/** Whose token it is, undefined where it is nobody's. */
export function memberOf(token: string | undefined, key: string): string | undefined {
  const [user = '', signed = ''] = (token ?? '').split('.');
  const right = Buffer.from(signature(user, key));
  const given = Buffer.from(signed);
  return given.length === right.length && timingSafeEqual(given, right) ? user : undefined;
}

const signature = (user: string, key: string): string => createHmac('sha256', key).update(user).digest('hex');
