import { fault } from '../faults.ts';
import { isSameSecret } from './digest.ts';
import type { Access } from './handed.ts';

/** What is known of a request before it is read. */
export type Caller = {
  readonly method: string;
  readonly startsLoad: boolean;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

const reading = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses a change that the caller may not make. With a token in the configuration it must bring that. Without one, pages of other
 * sites are kept out (a browser tells whence it asks), and load is only started where nobody from outside can connect.
 */
export function checkAccess({ host, token }: Access, { method, startsLoad, headers }: Caller): void {
  if (reading.includes(method)) return;
  if (token !== undefined && token !== '') {
    const brought = /^Bearer +(.+)$/i.exec(one(headers.authorization))?.[1] ?? '';
    if (!isSameSecret(brought, token)) throw fault('UNAUTHORIZED', []);
    return;
  }
  if (startsLoad && !isLoopback(host)) throw fault('FORBIDDEN', [closed(host)]);
  if (isFromElsewhere(headers, host)) throw fault('FORBIDDEN', ['a page of another site may not ask for this']);
}

const closed = (host: string): string =>
  `the service listens on ${host} and has no token, so anybody could start load; set a token, or listen on 127.0.0.1`;

/** Whether a name or address is this machine's own and no other's. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host) || host.toLowerCase().endsWith('.localhost');

function isFromElsewhere(headers: Caller['headers'], bound: string): boolean {
  const site = one(headers['sec-fetch-site']);
  const asked = one(headers.host);
  const origin = one(headers.origin);
  if (site !== '' && site !== 'same-origin' && site !== 'none') return true;
  if (origin !== '' && URL.parse(origin)?.host !== asked) return true;
  return isLoopback(bound) && !isLoopback(URL.parse(`http://${asked}`)?.hostname ?? '');
}

const one = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : (value?.[0] ?? ''));
