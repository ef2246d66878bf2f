import { parseCookie } from 'undici';
import type { Answer } from './read-answer.ts';

/** The cookies of one visitor: name → value. All requests go to one origin, so domains do not matter; paths are not looked at. */
export type Jar = Map<string, string>;

/** Keeps what an answer sets, and drops what it takes back: what is to live no longer than the answer's own date. */
export function keepCookies(jar: Jar, { headers }: Pick<Answer, 'headers'>): void {
  for (const line of [headers['set-cookie'] ?? []].flat()) {
    const cookie = parseCookie(line);
    if (cookie === null) continue;
    if (isTakenBack(cookie, String(headers.date ?? ''))) jar.delete(cookie.name);
    else jar.set(cookie.name, cookie.value);
  }
}

type Lasting = { readonly maxAge?: number; readonly expires?: Date | number };

/** Max-Age comes before Expires (RFC 6265, 5.3); without a date of the answer only the first day of 1970 is past. */
function isTakenBack({ maxAge, expires }: Lasting, date: string): boolean {
  if (maxAge !== undefined) return maxAge <= 0;
  const now = Date.parse(date);
  return expires !== undefined && Number(expires) <= (Number.isNaN(now) ? 86_400_000 : now);
}

/** The cookie header of the next request, or undefined where there are no cookies. */
export function cookieHeader(jar: Jar): string | undefined {
  if (jar.size === 0) return undefined;
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
