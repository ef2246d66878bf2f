import { type Head, headEnd, headOf, isHeadSoFar } from './answer-head.ts';
import { longestKept } from './carrier.ts';
import type { Answer, Kept } from './read-answer.ts';

/** What came of what was read: more is to come, the answer is whole, or what came is not HTTP/1.1. */
export type Reading = 'more' | 'whole' | 'malformed';

/** What is to come next. */
type Part = 'head' | 'body' | 'size' | 'chunk' | 'end of chunk' | 'trailers' | 'rest' | 'nothing';

/** A head, the trailers, or the line before a chunk may be so long (bytes); Node has the same limit for heads. */
const longestHead = 16 * 1024;

const nothing: Buffer = Buffer.alloc(0);
type Fields = Record<string, string | string[]>;
const noHeaders: Answer['headers'] = {};
const chunkSize = /^([0-9a-f]{1,12})[\t ]*(?:;[\t\u0020-\u007e\u0080-\u00ff]*)?$/i;
const trailer = /^[!#$%&'*+\-.^_`|~0-9a-z]+:[\t\u0020-\u007e\u0080-\u00ff]*$/i;

/** Reads the answers on one connection of HTTP/1.1 (RFC 9112), one after the other, however they come cut into pieces. It keeps of them what was asked for. */
export class AnswerReader {
  #expected: Part = 'nothing';
  #isHead = false;
  #keeps: Kept = 'status';
  /** What has come of a head or a line that is not whole yet. */
  #held = nothing;
  /** How many bytes of the body or the chunk are to come; how long all trailers were. */
  #left = 0;
  #trailed = 0;
  #hasBegun = false;
  #head: Head | undefined;
  #headers = noHeaders;
  #kept: Buffer[] = [];
  #length = 0;
  #persists = false;

  /** An answer is to come: to a HEAD one without a body. */
  begin(isHead: boolean, keeps: Kept): void {
    this.#expected = 'head';
    this.#isHead = isHead;
    this.#keeps = keeps;
    this.#held = nothing;
    this.#hasBegun = false;
    this.#head = undefined;
    this.#headers = noHeaders;
    if (this.#length > 0) this.#kept = [];
    this.#length = 0;
    this.#persists = false;
  }

  /** Reads the first `length` bytes; they are not held on to. */
  read(bytes: Buffer, length: number): Reading {
    this.#hasBegun ||= length > 0;
    let at = 0;
    while (at < length && this.#expected !== 'nothing') {
      at = this.#take(bytes, at, length);
      if (at < 0) return 'malformed';
    }
    if (this.#expected !== 'nothing') return 'more';
    // What comes behind an answer belongs to none: the connection is out of step.
    this.#persists = at === length && this.#head?.persists === true;
    return 'whole';
  }

  /** If the server closes the connection now, that is how this answer ends. */
  get isEnd(): boolean {
    return this.#expected === 'rest';
  }

  /** Some of the answer has come. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** After a whole answer: the connection may carry another exchange. */
  get persists(): boolean {
    return this.#persists;
  }

  /** How long (s) the server keeps the connection while nothing is asked, where it tells. */
  get idle(): number | undefined {
    return this.#head?.idle;
  }

  /** A whole answer, as far as it was kept. */
  answer(): Answer {
    const body = this.#length === 0 ? '' : Buffer.concat(this.#kept).toString();
    return { status: this.#head?.status ?? 0, headers: this.#headers, body };
  }

  /** Reads what is expected next: where that ended, -1 where it is something else. */
  #take(bytes: Buffer, at: number, to: number): number {
    switch (this.#expected) {
      case 'head':
        return this.#gather(bytes, at, to, headEnd, this.#takeHead);
      case 'body':
      case 'chunk':
      case 'rest':
        return this.#takeBody(bytes, at, to);
      case 'size':
        return this.#gather(bytes, at, to, lineEnd, this.#takeSize);
      case 'end of chunk':
        return this.#gather(bytes, at, to, lineEnd, this.#takeEndOfChunk);
      case 'trailers':
        return this.#gather(bytes, at, to, lineEnd, this.#takeTrailer);
      case 'nothing':
        return at;
    }
  }

  /** Takes something as soon as its end has come, and holds what has come of it until then. */
  #gather(
    bytes: Buffer,
    at: number,
    to: number,
    endOf: (bytes: Buffer, from: number, to: number) => number,
    take: (bytes: Buffer, from: number, to: number) => boolean,
  ): number {
    const before = this.#held.length;
    const [whole, first, last] =
      before === 0 ? [bytes, at, to] : [Buffer.concat([this.#held, bytes.subarray(at, to)]), 0, before + to - at];
    const end = endOf(whole, Math.max(first, before - 3), last);
    if ((end < 0 ? last : end) - first > longestHead) return -1;
    if (end < 0) return this.#hold(whole.subarray(first, last)) ? to : -1;
    this.#held = nothing;
    return take.call(this, whole, first, end) ? at + end - first - before : -1;
  }

  /** Keeps a part of a head or a line until the rest comes, unless that cannot mend it. */
  #hold(part: Buffer): boolean {
    const before = this.#held.length;
    this.#held = Buffer.from(part);
    if (this.#expected === 'head' && !isHeadSoFar(part, 0, part.length)) return false;
    return !hasBareLineFeed(part, before);
  }

  #takeHead(bytes: Buffer, from: number, to: number): boolean {
    const fields: Fields | undefined = this.#keeps === 'status' ? undefined : Object.create(null);
    const head = headOf(bytes, from, to, fields && ((name, value) => addField(fields, name, value)));
    // Nobody asked to speak something else from here on.
    if (head === undefined || head.status === 101) return false;
    if (head.status < 200) return true;
    this.#head = head;
    this.#headers = fields ?? noHeaders;
    this.#expected = this.#bodyOf(head);
    this.#left = head.length ?? 0;
    this.#trailed = 0;
    return true;
  }

  /** How the end of the body is known (RFC 9112, 6.3). */
  #bodyOf({ status, coding, length }: Head): Part {
    if (this.#isHead || status === 204 || status === 304) return 'nothing';
    if (coding === 'chunked') return 'size';
    if (coding === 'other' || length === undefined) return 'rest';
    return length === 0 ? 'nothing' : 'body';
  }

  #takeBody(bytes: Buffer, at: number, to: number): number {
    const end = this.#expected === 'rest' ? to : Math.min(to, at + this.#left);
    if (this.#keeps === 'body') this.#keep(bytes.subarray(at, end));
    this.#left -= end - at;
    if (this.#left === 0 && this.#expected !== 'rest')
      this.#expected = this.#expected === 'chunk' ? 'end of chunk' : 'nothing';
    return end;
  }

  /** What is longer is read and dropped. */
  #keep(bytes: Buffer): void {
    const part = Buffer.from(bytes.subarray(0, longestKept - this.#length));
    this.#length += part.length;
    if (part.length > 0) this.#kept.push(part);
  }

  #takeSize(bytes: Buffer, from: number, to: number): boolean {
    const [, size] = chunkSize.exec(lineOf(bytes, from, to)) ?? [];
    if (size === undefined) return false;
    this.#left = Number.parseInt(size, 16);
    this.#expected = this.#left === 0 ? 'trailers' : 'chunk';
    return true;
  }

  #takeEndOfChunk(_: Buffer, from: number, to: number): boolean {
    this.#expected = 'size';
    return to - from === 2;
  }

  #takeTrailer(bytes: Buffer, from: number, to: number): boolean {
    this.#trailed += to - from;
    const line = lineOf(bytes, from, to);
    if (line === '') this.#expected = 'nothing';
    return this.#trailed <= longestHead && (line === '' || trailer.test(line));
  }
}

/** Where a line that begins at `from` or before ends, after its CR LF; -1 where it is not whole. */
function lineEnd(bytes: Buffer, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) if (bytes[at] === 10 && bytes[at - 1] === 13) return at + 1;
  return -1;
}

/** No line ends without its CR: what waited for the right end would wait for ever. */
function hasBareLineFeed(bytes: Buffer, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === 10 && bytes[at - 1] !== 13) return true;
  return false;
}

const lineOf = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to - 2);

/** A field that comes again has several values. */
function addField(fields: Fields, name: string, value: string): void {
  const before = fields[name];
  if (before === undefined) fields[name] = value;
  else if (typeof before === 'string') fields[name] = [before, value];
  else before.push(value);
}
