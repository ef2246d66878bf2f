import type { Check, Extraction, ScriptRequest } from '../model/script.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** How much of an answer is kept for its reader; all else is read and dropped. */
export type Kept = 'status' | 'head' | 'body';

/** An answer as far as it was kept. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
};

/** What an answer came to: `late` where nothing but its time was wrong, and what was taken out of it, name by name. */
export type Verdict = {
  readonly outcome: Outcome;
  readonly late: boolean;
  readonly extracted: readonly (readonly [string, string])[];
};

export type Reader = { readonly keeps: Kept; readonly read: (answer: Answer, took: number) => Verdict };

/** Reads the answers to a request, or undefined where nothing but the status matters. */
export function readerOf({ checks, extract }: Pick<ScriptRequest, 'checks' | 'extract'>): Reader | undefined {
  if (checks.length === 0 && extract.length === 0) return undefined;
  const tests = checks.map(testOf);
  const limit = Math.min(...checks.map((check) => (check.kind === 'within' ? check.limit : Number.POSITIVE_INFINITY)));
  const statuses = checks.flatMap((check) => (check.kind === 'status' ? check.among : []));
  const finders = extract.map((one) => [one.into, finderOf(one)] as const);
  const failed = (outcome: Outcome, late = false): Verdict => ({ outcome, late, extracted: [] });
  return {
    keeps: keptFor(checks, extract),
    read(answer, took) {
      const outcome = byStatus(answer.status, statuses);
      if (outcome !== 'good') return failed(outcome);
      const opened = open(answer);
      if (!tests.every((test) => test(opened))) return failed('check_failed');
      const extracted = finders.flatMap(([into, find]) => {
        const value = find(opened);
        return value === undefined ? [] : [[into, value] as const];
      });
      if (extracted.length < finders.length) return failed('check_failed');
      return took > limit ? failed('check_failed', true) : { outcome, late: false, extracted };
    },
  };
}

function keptFor(checks: readonly Check[], extract: readonly Extraction[]): Kept {
  const ofHead = ['status', 'within'];
  if (checks.some(({ kind }) => !ofHead.includes(kind)) || extract.some(({ kind }) => kind !== 'header')) return 'body';
  return extract.length > 0 ? 'head' : 'status';
}

/** Without a say of its own, everything below 400 is good. */
function byStatus(status: number, good: readonly number[]): Outcome {
  if (good.length === 0 || good.includes(status)) return good.length === 0 ? outcomeOf(status) : 'good';
  const outcome = outcomeOf(status);
  return outcome === 'good' ? 'check_failed' : outcome;
}

/** An answer whose body is parsed once, when it is first asked for. */
type Opened = { readonly answer: Answer; readonly at: (pointer: string) => unknown };

function open(answer: Answer): Opened {
  let parsed: { readonly value: unknown } | undefined;
  return {
    answer,
    at(pointer) {
      parsed ??= { value: jsonIn(answer.body) };
      return valueAt(parsed.value, pointer);
    },
  };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands at a JSON pointer (RFC 6901), undefined where nothing does. */
function valueAt(value: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<unknown>((at, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    return Reflect.get(at, key);
  }, value);
}

type Test = (opened: Opened) => boolean;

/** What is asked of the head and the body; status and time are looked at before and after. */
function testOf(check: Check): Test {
  switch (check.kind) {
    case 'status':
    case 'within':
      return () => true;
    case 'has':
      return ({ at }) => at(check.pointer) !== undefined;
    case 'json':
      return ({ at }) => at(check.pointer) === check.equals;
    case 'contains':
      return ({ answer }) => answer.body.includes(check.text);
    case 'matches': {
      const pattern = new RegExp(check.pattern, 'u');
      return ({ answer }) => pattern.test(answer.body);
    }
  }
}

function finderOf(extraction: Extraction): (opened: Opened) => string | undefined {
  switch (extraction.kind) {
    case 'json':
      return ({ at }) => textOf(at(extraction.pointer));
    case 'header':
      return ({ answer }) => [answer.headers[extraction.name] ?? []].flat()[0];
    case 'regex': {
      const pattern = new RegExp(extraction.pattern, 'u');
      return ({ answer }) => pattern.exec(answer.body)?.[1];
    }
  }
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
