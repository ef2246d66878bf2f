/** What the head of an answer tells of the message and its connection (RFC 9112). */
export type Head = {
  readonly status: number;
  /** Bytes of the body, where it tells. */
  readonly length: number | undefined;
  /** The last transfer coding: with one that is not `chunked` the body ends with the connection. */
  readonly coding: 'none' | 'chunked' | 'other';
  /** The connection may carry another exchange. */
  readonly persists: boolean;
  /** How long (s) the server keeps the connection while nothing is asked, where it tells. */
  readonly idle: number | undefined;
};

/** What the fields have told so far. */
type Told = {
  length: number | undefined;
  coding: Head['coding'];
  keeps: boolean;
  closes: boolean;
  idle: number | undefined;
};

/** Is told a field, its name in small letters. */
export type TellField = (name: string, value: string) => void;

const [tab, lf, cr, space, colon, zero, nine, del] = [9, 10, 13, 32, 58, 48, 57, 127];
const start = Buffer.from('HTTP/1.');
const tokens = new Uint8Array(256);
for (const byte of Buffer.from("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
  tokens[byte] = 1;

/** Whether these are the first bytes of a head, or all of them. */
export function isHeadSoFar(bytes: Buffer, from: number, to: number): boolean {
  for (let at = 0; at < Math.min(start.length, to - from); at++) if (bytes[from + at] !== start[at]) return false;
  return true;
}

/** Where a head that begins at `from` or before ends, after its empty line; -1 where it is not whole. */
export function headEnd(bytes: Buffer, from: number, to: number): number {
  for (let at = from + 3; at < to; ) {
    const byte = bytes[at] ?? 0;
    if (byte === lf && bytes[at - 2] === lf && bytes[at - 1] === cr && bytes[at - 3] === cr) return at + 1;
    // The empty line ends no sooner than three bytes after any other one.
    at += byte === lf ? 2 : byte === cr ? 1 : 4;
  }
  return -1;
}

/**
 * Reads a whole head, and tells `field` each of its fields in turn. Undefined where it is none.
 *
 * Lines end with CR LF, and no bare CR, LF or NUL stands in them; folded lines are read as one (RFC 9112, 5.2). A length and a coding together,
 * or lengths that differ, are no framing at all (6.3).
 */
export function headOf(bytes: Buffer, from: number, to: number, field: TellField | undefined): Head | undefined {
  const status = statusOf(bytes, from);
  if (status === undefined) return undefined;
  const told: Told = { length: undefined, coding: 'none', keeps: false, closes: false, idle: undefined };
  let end = valueEnd(bytes, from + start.length);
  while (end >= 0 && end < to - 4) end = readField(bytes, end + 2, told, field);
  const { length, coding, keeps, closes, idle } = told;
  if (end < 0 || (length !== undefined && coding !== 'none')) return undefined;
  const isLatest = bytes[from + start.length] === zero + 1;
  // A coding in an answer of HTTP/1.0 is not to be trusted beyond it (6.1).
  const persists = !closes && (isLatest || (keeps && coding === 'none'));
  return { status, length, coding, persists, idle };
}

/** HTTP/1.1 200 and a reason, which may be missing. */
function statusOf(bytes: Buffer, from: number): number | undefined {
  if (!isHeadSoFar(bytes, from, bytes.length)) return undefined;
  const at = from + start.length;
  const minor = bytes[at];
  const after = bytes[at + 5];
  if ((minor !== zero && minor !== zero + 1) || bytes[at + 1] !== space || (after !== space && after !== cr))
    return undefined;
  const status = digits(bytes, at + 2, at + 5);
  return status !== undefined && status >= 100 ? status : undefined;
}

/** Reads the field that begins at `from`: where it ends, or -1 where it is none. */
function readField(bytes: Buffer, from: number, told: Told, field: TellField | undefined): number {
  let nameEnd = from;
  while (tokens[bytes[nameEnd] ?? 0] === 1) nameEnd += 1;
  if (nameEnd === from || bytes[nameEnd] !== colon) return -1;
  const end = valueEnd(bytes, nameEnd + 1);
  if (end < 0) return -1;
  let [first, last] = [nameEnd + 1, end];
  while (first < last && isBlank(bytes[first])) first += 1;
  while (last > first && isBlank(bytes[last - 1])) last -= 1;
  field?.(bytes.toString('latin1', from, nameEnd).toLowerCase(), text(bytes, first, last));
  return take(bytes, { from, nameEnd, first, last }, told) ? end : -1;
}

/** Where the line ends (at its CR), and those that continue it; -1 where something stands in it that may not. */
function valueEnd(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= space && byte !== del) continue;
    if (byte === tab) continue;
    if (byte !== cr || bytes[at + 1] !== lf) return -1;
    if (!isBlank(bytes[at + 2])) return at;
    at += 1;
  }
}

const isBlank = (byte: number | undefined): boolean => byte === space || byte === tab;

const text = (bytes: Buffer, from: number, to: number): string =>
  bytes.toString('latin1', from, to).replace(/[\t ]*\r\n[\t ]+/g, ' ');

type Field = { readonly from: number; readonly nameEnd: number; readonly first: number; readonly last: number };

/** Takes what tells of the message and the connection; false where it contradicts itself or cannot be read. */
function take(bytes: Buffer, { from, nameEnd, first, last }: Field, told: Told): boolean {
  switch (nameEnd - from) {
    case 10:
      if (says(bytes, from, nameEnd, 'connection')) takeOptions(bytes, first, last, told);
      else if (says(bytes, from, nameEnd, 'keep-alive')) told.idle = idleIn(text(bytes, first, last));
      return true;
    case 14:
      return !says(bytes, from, nameEnd, 'content-length') || takeLength(bytes, first, last, told);
    case 17:
      return !says(bytes, from, nameEnd, 'transfer-encoding') || takeCodings(text(bytes, first, last), told);
    default:
      return true;
  }
}

/** Whether these bytes are a word, whatever letters are capitals. */
function says(bytes: Buffer, from: number, to: number, word: string): boolean {
  if (to - from !== word.length) return false;
  for (let at = 0; at < word.length; at++) if (((bytes[from + at] ?? 0) | 32) !== word.charCodeAt(at)) return false;
  return true;
}

function takeOptions(bytes: Buffer, first: number, last: number, told: Told): void {
  const options = says(bytes, first, last, 'keep-alive') ? onlyKeep : listed(text(bytes, first, last));
  told.keeps ||= options.includes('keep-alive');
  told.closes ||= options.includes('close');
}

/** What almost all say. */
const onlyKeep = ['keep-alive'];

const listed = (value: string): readonly string[] =>
  value
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());

function takeLength(bytes: Buffer, first: number, last: number, told: Told): boolean {
  const length = digits(bytes, first, last) ?? repeated(text(bytes, first, last));
  if (told.length !== undefined && told.length !== length) return false;
  told.length = length;
  return length !== undefined;
}

/** A list that names one length again and again is that length. */
function repeated(value: string): number | undefined {
  const [first = '', ...others] = listed(value);
  const isLength = /^\d{1,15}$/.test(first) && others.every((other) => other === first);
  return isLength ? Number(first) : undefined;
}

/** Nothing is chunked twice. */
function takeCodings(value: string, told: Told): boolean {
  const codings = [told.coding, ...listed(value)];
  const isChunked = codings.pop() === 'chunked';
  told.coding = isChunked ? 'chunked' : 'other';
  return !isChunked || !codings.includes('chunked');
}

function idleIn(value: string): number | undefined {
  const [, timeout] = value.match(/(?:^|[,\s])timeout\s*=\s*"?(\d{1,9})(?!\d)/i) ?? [];
  return timeout === undefined ? undefined : Number(timeout);
}

/** Up to 15 decimal digits and nothing else, as a number. */
function digits(bytes: Buffer, from: number, to: number): number | undefined {
  if (to <= from || to - from > 15) return undefined;
  let value = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < zero || byte > nine) return undefined;
    value = 10 * value + byte - zero;
  }
  return value;
}
