import { bodyOf } from './body-of.ts';
import { harmless, type Kind, type Seen } from './kind.ts';
import { visible } from './percent.ts';
import { isId, type Part, partsOf } from './shape-of.ts';

/** Below this share of the numbers between the least and the highest that were seen, most of what is drawn may not exist. */
const dense = 0.1;
/** Keys of a query whose values are nobody's business. */
const secret = /^(?:.*[_-])?(?:api[_-]?key|key|token|secret|password|passwd|pwd|sig|signature|auth|session|sid|code)$/i;

/** What varies among the requests of one kind, and how it is written. */
type Filled = { readonly text: string; readonly remark: string | undefined };

/** One kind of request from requests that are alike; `weight` as it is to be written. */
export function kindOf(group: readonly Seen[], weight: number, writes: boolean): Kind {
  const [first] = group;
  const method = first?.method ?? 'GET';
  const parts = partsOf(first?.path ?? '/');
  const all = group.map(({ path }) => partsOf(path));
  const filled = parts.map((part, index) =>
    fill(
      part,
      all.map((one) => one[index]?.text ?? ''),
    ),
  );
  const body = bodyOf(group);
  const accept = commonest(group.flatMap(({ accept: wanted }) => wanted ?? []));
  const remarks = [...filled.flatMap(({ remark }) => remark ?? []), ...(body?.remarks ?? [])];
  return {
    name: nameOf(method, parts),
    weight,
    method,
    path:
      filled
        .map(({ text }, index) => (parts[index]?.lead ?? '') + text)
        .map(visible)
        .join('') || '/',
    headers: { ...(accept === undefined ? {} : { accept }), ...body?.headers },
    body: body?.body,
    remarks: isWithoutBody(method, body) ? [...remarks, 'its body is not known'] : remarks,
    off: isOff(method, writes),
  };
}

/** Why a kind of request is only written as a comment. */
export const isOff = (method: string, writes: boolean): string | undefined =>
  writes || harmless.includes(method) ? undefined : `${method} may change things`;

const isWithoutBody = (method: string, body: unknown): boolean =>
  body === undefined && ['POST', 'PUT', 'PATCH'].includes(method);

function fill(part: Part, values: readonly string[]): Filled {
  const key = /^[?&]([^=]*)=$/.exec(part.lead)?.[1];
  if (key !== undefined && secret.test(key))
    return { text: 'CHANGE-ME', remark: `"${key}" looks like a secret and was not copied` };
  if (!part.varies) return { text: part.text, remark: undefined };
  const distinct = [...new Set(values)];
  const [only = ''] = distinct;
  if (distinct.length === 1) return { text: only, remark: undefined };
  const numbers = distinct.map(Number);
  return distinct.every(isWhole) ? drawn(numbers) : { text: commonest(values) ?? only, remark: oneOf(distinct, key) };
}

/** A number that is written as nobody else would write it (leading nought) is a word. */
const isWhole = (text: string): boolean => /^(?:0|[1-9][0-9]{0,14})$/.test(text);

function drawn(numbers: readonly number[]): Filled {
  const low = numbers.reduce((least, one) => Math.min(least, one));
  const high = numbers.reduce((most, one) => Math.max(most, one));
  const isDense = numbers.length >= dense * (high - low + 1);
  const remark = `${numbers.length} different numbers were seen between ${low} and ${high}: many that are drawn may not exist`;
  return { text: `{{random ${low} ${high}}}`, remark: isDense ? undefined : remark };
}

const oneOf = (distinct: readonly string[], key: string | undefined): string =>
  `the commonest of ${distinct.length} values seen ${key === undefined ? 'in its path' : `of "${key}"`}`;

/** The value that occurs most often, the first of several. */
export function commonest(values: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(values, (value) => value).entries()];
  const [best] = counts.toSorted(([, a], [, b]) => b.length - a.length);
  return best?.[0];
}

function nameOf(method: string, parts: readonly Part[]): string {
  const words = parts
    .filter(({ lead }) => lead === '/')
    .map(({ text }) => (isId(text) ? 'id' : text))
    .flatMap((text) => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || []);
  return [...(method === 'GET' ? [] : [method.toLowerCase()]), ...(words.length > 0 ? words : ['root'])]
    .join('-')
    .slice(0, 60)
    .replace(/-+$/, '');
}
