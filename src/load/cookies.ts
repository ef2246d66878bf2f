import type { Answer } from './read-answer.ts';

/** The cookies of one visitor: name → value. All requests go to one origin, so domains do not matter; paths are not looked at. */
export type Jar = Map<string, string>;

/** Keeps what an answer sets, and drops what it takes back: what is to live no longer than the answer's own date. */
export function keepCookies(jar: Jar, { headers }: Pick<Answer, 'headers'>): void {
  for (const line of [headers['set-cookie'] ?? []].flat()) {
    const cookie = cookieIn(line);
    if (cookie.name === '') continue;
    if (isTakenBack(cookie, String(headers.date ?? ''))) jar.delete(cookie.name);
    else jar.set(cookie.name, cookie.value);
  }
}

/** A cookie as it was set: `maxAge` in seconds, `expires` in milliseconds since 1970, NaN where they are not told or cannot be read. */
type Cookie = { readonly name: string; readonly value: string; readonly maxAge: number; readonly expires: number };

/** Reads what stands behind Set-Cookie (RFC 6265, 5.2). Of an attribute that comes twice the last counts. */
function cookieIn(line: string): Cookie {
  const [[name = '', value = ''] = [], ...attributes] = line.split(';').map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? ['', part.trim()] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
  });
  const told = (attribute: string): string =>
    attributes.findLast(([key = '']) => key.toLowerCase() === attribute)?.[1] ?? '';
  const age = told('max-age');
  return { name, value, maxAge: /^-?\d+$/.test(age) ? Number(age) : Number.NaN, expires: Date.parse(told('expires')) };
}

/** Max-Age comes before Expires (RFC 6265, 5.3); without a date of the answer only the first day of 1970 is past. */
function isTakenBack({ maxAge, expires }: Cookie, date: string): boolean {
  if (!Number.isNaN(maxAge)) return maxAge <= 0;
  const now = Date.parse(date);
  return expires <= (Number.isNaN(now) ? 86_400_000 : now);
}

/** The cookie header of the next request, or undefined where there are no cookies. */
export function cookieHeader(jar: Jar): string | undefined {
  if (jar.size === 0) return undefined;
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
