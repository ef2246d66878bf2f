import { bodyOf } from './body-of.ts';
import { distinct } from './distinct.ts';
import { harmless, type Kind, type Rows, type Seen, type Ways } from './kind.ts';
import { visible } from './percent.ts';
import { isId, type Part, partsOf } from './shape-of.ts';

/** Below this share of the numbers between the least and the highest that were seen, most of what is drawn may not exist. */
const dense = 0.1;
/** Keys of a query whose values are nobody's business. */
const secret = /^(?:.*[_-])?(?:api[_-]?key|key|token|secret|password|passwd|pwd|sig|signature|auth|session|sid|code)$/i;

/** Rows beyond this say nothing new. */
const mostRows = 10_000;

/** A place of the paths of a kind, with what stood there in each request. */
type Slot = {
  readonly part: Part;
  readonly values: readonly string[];
  /** The key of the query whose value it is. */
  readonly key: string | undefined;
  readonly isSecret: boolean;
  readonly varies: boolean;
};

/** How a slot is written. */
type Filled = { readonly text: string; readonly remark: string | undefined };

/** One kind of request from requests that are alike. */
export function kindOf(
  group: readonly Seen[],
  { name, weight }: { readonly name: string; readonly weight: number },
  { writes, rows }: Ways,
): Kind {
  const method = group[0]?.method ?? 'GET';
  const slots = slotsOf(group.map(({ path }) => partsOf(path)));
  const off = isOff(method, writes);
  const kept = rows && off === undefined ? rowsOf(slots) : undefined;
  const filled = slots.map((slot) => fill(slot, kept && columnOf(slot, kept, name)));
  const body = bodyOf(group);
  const accept = commonest(group.flatMap(({ accept: wanted }) => wanted ?? []));
  const remarks = [...filled.flatMap(({ remark }) => remark ?? []), ...(body?.remarks ?? [])];
  return {
    name,
    weight,
    method,
    path: filled.map(({ text }, index) => visible(slots[index]?.part.lead ?? '') + text).join('') || '/',
    headers: { ...(accept === undefined ? {} : { accept }), ...body?.headers },
    body: body?.body,
    rows: kept,
    remarks: isWithoutBody(method, body) ? [...remarks, 'its body is not known'] : remarks,
    off,
  };
}

function slotsOf(all: readonly (readonly Part[])[]): readonly Slot[] {
  return (all[0] ?? []).map((part, index) => {
    const values = all.map((one) => one[index]?.text ?? '');
    const key = /^[?&]([^=]*)=$/.exec(part.lead)?.[1];
    const isSecret = key !== undefined && secret.test(key);
    return { part, values, key, isSecret, varies: part.varies && !isSecret && new Set(values).size > 1 };
  });
}

/** Values that cannot be drawn, or that belong together, are kept as they were seen, the common ones as often as they were. */
function rowsOf(slots: readonly Slot[]): (Rows & { readonly of: readonly Slot[] }) | undefined {
  const varying = slots.filter(({ varies }) => varies);
  if (varying.length === 0 || (varying.length === 1 && varying.every(isDense))) return undefined;
  const columns = distinct(varying.map(({ key }) => ({ name: columnFrom(key) }))).map(({ name }) => name);
  const count = Math.min(mostRows, varying[0]?.values.length ?? 0);
  const rows = Array.from({ length: count }, (_, row) => varying.map(({ values }) => values[row] ?? ''));
  return { columns, rows, of: varying };
}

const columnFrom = (key: string | undefined): string => {
  const name = (key ?? 'id').replace(/[^A-Za-z0-9_]+/g, '_');
  return /^_*$/.test(name) ? 'value' : name;
};

/** What a template calls the column of a slot. */
function columnOf(
  slot: Slot,
  { columns, of }: NonNullable<ReturnType<typeof rowsOf>>,
  name: string,
): string | undefined {
  const column = columns[of.indexOf(slot)];
  return column === undefined ? undefined : `${feederOf(name)}.${column}`;
}

/** What a configuration calls the rows of a kind of request. */
export const feederOf = (name: string): string => `${name}-rows`;

/** Why a kind of request is only written as a comment. */
export const isOff = (method: string, writes: boolean): string | undefined =>
  writes || harmless.includes(method) ? undefined : `${method} may change things`;

const isWithoutBody = (method: string, body: unknown): boolean =>
  body === undefined && ['POST', 'PUT', 'PATCH'].includes(method);

function fill({ part, values, key, isSecret, varies }: Slot, column: string | undefined): Filled {
  if (isSecret) return { text: 'CHANGE-ME', remark: `"${key}" looks like a secret and was not copied` };
  if (column !== undefined) return { text: `{{raw ${column}}}`, remark: undefined };
  if (!varies) return { text: visible(part.text), remark: undefined };
  const numbers = new Set(values);
  return [...numbers].every(isWhole)
    ? drawn([...numbers].map(Number))
    : { text: visible(commonest(values) ?? ''), remark: oneOf(numbers.size, key) };
}

/** A number that is written as nobody else would write it (leading nought) is a word. */
const isWhole = (text: string): boolean => /^(?:0|[1-9][0-9]{0,14})$/.test(text);

/** Whether most of the numbers between the least and the highest are likely to exist. */
function isDense({ values }: Slot): boolean {
  const known = new Set(values);
  return [...known].every(isWhole) && spanOf([...known].map(Number)).isDense;
}

function spanOf(numbers: readonly number[]): {
  readonly low: number;
  readonly high: number;
  readonly isDense: boolean;
} {
  const low = numbers.reduce((least, one) => Math.min(least, one));
  const high = numbers.reduce((most, one) => Math.max(most, one));
  return { low, high, isDense: numbers.length >= dense * (high - low + 1) };
}

function drawn(numbers: readonly number[]): Filled {
  const { low, high, isDense: isLikely } = spanOf(numbers);
  const remark = `${numbers.length} different numbers were seen between ${low} and ${high}: many that are drawn may not exist`;
  return { text: `{{random ${low} ${high}}}`, remark: isLikely ? undefined : remark };
}

const oneOf = (count: number, key: string | undefined): string =>
  `the commonest of ${count} values seen ${key === undefined ? 'in its path' : `of "${key}"`}; with --to they become rows of a file`;

/** The value that occurs most often, the first of several. */
export function commonest(values: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(values, (value) => value).entries()];
  const [best] = counts.toSorted(([, a], [, b]) => b.length - a.length);
  return best?.[0];
}

/** The words of a path, and the method where it is not GET. */
export function nameOf({ method, path }: Seen = { method: 'GET', path: '/' }): string {
  const words = partsOf(path)
    .filter(({ lead }) => lead === '/')
    .map(({ text }) => (isId(text) ? 'id' : text))
    .flatMap((text) => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || []);
  return [...(method === 'GET' ? [] : [method.toLowerCase()]), ...(words.length > 0 ? words : ['root'])]
    .join('-')
    .slice(0, 60)
    .replace(/-+$/, '');
}
