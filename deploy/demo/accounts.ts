import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Account } from './own.ts';

/** Passwords of one stack; they live as long as its directory. */
export interface Passwords {
  readonly superuser: string;
  readonly shop: string;
  readonly exporter: string;
}

export const newPasswords = (): Passwords => ({ superuser: secret(), shop: secret(), exporter: secret() });

const secret = (): string => randomBytes(12).toString('hex');

/** Finds an account in the text of /etc/passwd. */
export function accountIn(passwd: string, name: string): Account | undefined {
  for (const line of passwd.split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name && uid !== undefined && gid !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** PostgreSQL and PgBouncer refuse root: as root they run as the account that Debian made for them. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = accountIn(readFileSync('/etc/passwd', 'utf8'), 'postgres');
  if (account === undefined) throw new Error('there is no user postgres: the package postgresql is not installed');
  return account;
}
