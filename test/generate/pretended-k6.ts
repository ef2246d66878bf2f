import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** What main.js asked k6 to send. */
export type Sent = {
  readonly method: string;
  readonly url: string;
  readonly body: string | null;
  readonly params: {
    readonly headers: Record<string, string>;
    readonly tags: Record<string, string>;
    readonly responseType: string;
    readonly cookies: Record<string, string>;
  };
};
export type Answer = {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly took?: number;
  readonly cookies?: Record<string, string>;
};

type Program = {
  readonly options: Record<string, unknown>;
  readonly setup: () => unknown;
  readonly arrive: (data: unknown) => void;
  readonly live: (data: unknown) => void;
};

/** Runs config/k6/main.js with a plan, in a k6 that is only pretended: `answer` stands for the target. */
export function pretendedK6(files: Readonly<Record<string, string>>, answer: (sent: Sent) => Answer) {
  const sent: Sent[] = [];
  const counted: Record<string, string[]> = { bad_answers: [], requests_sent: [], answers_by_seconds: [] };
  const bounds: string[] = [];
  const slept: number[] = [];
  const env: Record<string, string> = {};
  const execution = { scenario: { iterationInTest: 0 } };
  const request = (
    method: string,
    url: string,
    body: string | null,
    params: Sent['params'] & { jar: Jar; responseCallback: unknown },
  ) => {
    const one = { method, url, body, params: { ...params, cookies: { ...params.jar.held } } };
    sent.push(one);
    const told = answer(one);
    Object.assign(params.jar.held, told.cookies);
    const isRead = params.responseType === 'text';
    return {
      status: told.status,
      body: isRead ? (told.body ?? '') : null,
      headers: told.headers ?? {},
      timings: { duration: told.took ?? 1 },
    };
  };
  const modules = {
    k6: {
      check: (given: unknown, checks: Record<string, (given: unknown) => boolean>) =>
        Object.values(checks).every((one) => one(given)),
      sleep: (time: number) => slept.push(time),
    },
    'k6/execution': execution,
    'k6/data': { SharedArray },
    'k6/http': { CookieJar: Jar, request, expectedStatuses: (...among: readonly unknown[]) => among },
    'k6/metrics': { Counter: counterOf(counted, bounds) },
  };
  const context = vm.createContext({ modules, __ENV: env, open: (path: string) => files[path.replace('./', '')] });
  const program: Program = vm.runInContext(
    `${asScript(files['main.js'] ?? '')}; ({ options, setup, arrive, live });`,
    context,
  );
  const arrive = (kind: string, { first = 0, iteration = 0, data = program.setup() } = {}): void => {
    Object.assign(env, { CLASS: kind, FIRST: String(first) });
    execution.scenario.iterationInTest = iteration;
    program.arrive(data);
  };
  const live = (): void => {
    Object.assign(env, { FIRST: '0' });
    program.live(program.setup());
  };
  return {
    live,
    sent,
    bounds,
    bad: counted.bad_answers,
    counted,
    slept,
    options: program.options,
    setup: program.setup,
    arrive,
  };
}

export const mainText = readFileSync(new URL('../../config/k6/main.js', import.meta.url), 'utf8');

/** A module as a script: imports are taken from `modules`. */
const asScript = (text: string): string =>
  text
    .replace(/^import \{([^}]*)\} from '([^']*)';$/gm, "const {$1} = modules['$2'];")
    .replace(/^import (\w+) from '([^']*)';$/gm, "const $1 = modules['$2'];")
    .replace(/^export /gm, '');

class Jar {
  readonly held: Record<string, string> = {};
  set(_: string, name: string, value: string): void {
    this.held[name] = value;
  }
  cookiesForURL(): Record<string, readonly string[]> {
    return Object.fromEntries(Object.entries(this.held).map(([name, value]) => [name, [value]]));
  }
}

function SharedArray(_: string, made: () => unknown): unknown {
  return made();
}

const counterOf = (counted: Readonly<Record<string, string[]>>, bounds: string[]) =>
  class {
    readonly name: string;
    constructor(name: string) {
      this.name = name;
    }
    add(_: number, tags: { readonly name: string; readonly gt?: string; readonly le?: string }): void {
      if (tags.le !== undefined) bounds.push(`${tags.gt} to ${tags.le}`);
      counted[this.name]?.push(tags.name);
    }
  };
