import type { Kind, Seen } from './kind.ts';
import { isFields } from './unknowns.ts';

/** The body of a kind of request, and what goes with it. */
export type Body = Pick<Kind, 'headers' | 'body' | 'remarks'>;

/** Keys whose values are nobody's business. */
const secret = /pass(?:word|wd|phrase)?$|^pwd$|secret|token|credential|^pin$|^otp$|cvc|cvv|card_?number|iban/i;
/** A longer body belongs in no configuration. */
const longest = 4000;

/** The body of the first request that has one; what looks like a secret in it is not copied. */
export function bodyOf(group: readonly Seen[]): Body | undefined {
  const found = group.find(({ body }) => body !== undefined && body.text !== '')?.body;
  if (!found) return undefined;
  if (found.text.length > longest) return without(`its body of ${found.text.length} characters was not copied`);
  const several = new Set(group.flatMap(({ body }) => body?.text ?? [])).size > 1;
  const remarks = several ? ['its body is that of the first such request'] : [];
  const json = /json/i.test(found.type) ? parsed(found.text) : undefined;
  if (json !== undefined) return jsonBody(json.value, remarks);
  if (/multipart/i.test(found.type)) return without('its body has several parts, and was not copied');
  return textBody(found, remarks);
}

const without = (remark: string): Body => ({ headers: {}, body: undefined, remarks: [remark] });

function jsonBody(value: unknown, remarks: readonly string[]): Body {
  const safe = masked(value);
  const isMasked = JSON.stringify(safe) !== JSON.stringify(value);
  return { headers: {}, body: { json: safe }, remarks: isMasked ? [...remarks, hidden] : remarks };
}

const hidden = 'what looks like a secret in its body was not copied';

function textBody({ type, text }: NonNullable<Seen['body']>, remarks: readonly string[]): Body {
  const headers = /^[\t\u0020-\u007e]+$/.test(type) && !type.includes('{{') ? { 'content-type': type } : {};
  const isForm = /x-www-form-urlencoded/i.test(type);
  const pairs = text
    .split('&')
    .map((pair) => (secret.test(pair.split('=')[0] ?? '') ? `${pair.split('=')[0]}=CHANGE-ME` : pair));
  const safe = isForm ? pairs.join('&') : text;
  if (safe.includes('{{')) return without('its body has "{{" in it, which would begin a template, and was not copied');
  return { headers, body: { text: safe }, remarks: safe === text ? remarks : [...remarks, hidden] };
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The same value without what looks like a secret, and without what would begin a template. */
export function masked(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('{{', '{ {');
  if (Array.isArray(value)) return value.map(masked);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll('{{', '{ {'),
      secret.test(key) && (typeof inner === 'string' || typeof inner === 'number') ? 'CHANGE-ME' : masked(inner),
    ]),
  );
}
