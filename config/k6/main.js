// What k6 runs for Plimsoll. It decides nothing: scenarios, requests, checks and rows are in plan.json and rows.json beside it ("plimsoll generate k6").
import { check, sleep } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';

const plan = JSON.parse(open('./plan.json'));
const rows = {};
for (const { name } of plan.feeders) rows[name] = new SharedArray(name, () => JSON.parse(open('./rows.json'))[name]);

/** Answers that k6 itself counts as good and that are not: a status from 400 to 499 that was not asked for, a check that failed, nothing to extract. */
const bad = new Counter('bad_answers');
/** Requests as they are sent: with what k6 drops, all that was due. Only where arrivals wait for no answer. */
const sent = new Counter('requests_sent');
/** Answers by how long they took from when they were sent: each counts between two bounds alone. */
const answers = new Counter('answers_by_seconds');

export const options = {
  scenarios: plan.scenarios,
  thresholds: plan.thresholds,
  discardResponseBodies: true,
  noCookiesReset: true,
  noConnectionReuse: plan.noConnectionReuse,
  insecureSkipTLSVerify: plan.insecureSkipTLSVerify,
  maxRedirects: 0,
  setupTimeout: plan.setupTimeout,
  systemTags: ['scenario', 'name', 'method', 'status', 'expected_response', 'error_code', 'proto'],
  summaryTrendStats: ['avg', 'p(50)', 'p(95)', 'p(99)', 'max'],
};

/** Logs the sessions in, before the first step; each VU gets a copy. Every instance of k6 logs in all of them. */
export function setup() {
  if (plan.sessions === null) return { sessions: [] };
  return { sessions: Array.from({ length: plan.sessions.size }, (_, index) => loggedIn(index)) };
}

/** Sessions that the target no longer knew, logged in anew: for this VU, by their number. */
const renewed = {};

function loggedIn(index) {
  const jar = new http.CookieJar();
  const walk = { jar, variables: {}, rows: takeRows('session', index), sequence: 0 };
  for (const request of plan.sessions.login) {
    if (!send(request, walk))
      throw new Error(`session ${index + 1}: the login request "${request.name}" was not answered well`);
  }
  return { variables: walk.variables, rows: walk.rows, cookies: jar.cookiesForURL(plan.origin) };
}

/** One arrival of a kind. */
export function arrive({ sessions }) {
  walkThrough(plan.classes[__ENV.CLASS], sessions);
}

/** What a user does once, and the pause after it. */
export function live({ sessions }) {
  const all = Object.values(plan.classes);
  let left = Math.random() * all.reduce((sum, { weight }) => sum + weight, 0);
  const kind = all.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  walkThrough(kind ?? all[0], sessions);
  sleep(pause(plan.think));
}

function walkThrough(kind, sessions) {
  const index = Number(__ENV.FIRST) + exec.scenario.iterationInTest;
  const seat = kind.session ? index % sessions.length : undefined;
  const session = seat === undefined ? undefined : (renewed[seat] ?? sessions[seat]);
  const walk = {
    jar: cookiesOf(session),
    variables: { ...session?.variables },
    rows: { ...takeRows('walk', index), ...session?.rows },
    sequence: index + 1,
    seat,
  };
  for (const request of kind.steps) {
    if (request.think !== null) sleep(pause(request.think));
    if (!send(request, walk)) return;
  }
}

function cookiesOf(session) {
  const jar = new http.CookieJar();
  for (const [name, values] of Object.entries(session?.cookies ?? {})) {
    for (const value of values) jar.set(plan.origin, name, value);
  }
  return jar;
}

function takeRows(per, index) {
  const taken = {};
  for (const feeder of plan.feeders) {
    const { length } = rows[feeder.name];
    if (feeder.per !== per || length === 0) continue;
    taken[feeder.name] = rows[feeder.name][feeder.order === 'random' ? whole(0, length - 1) : index % length];
  }
  return taken;
}

/** Sends one request; whether its answer is good. */
function send(request, walk) {
  const headers = {};
  for (const [name, template] of Object.entries(request.headers)) headers[name] = filled(template, walk);
  if (plan.traceEvery !== null && Math.random() * plan.traceEvery < 1)
    headers.traceparent = `00-${hex(32)}-${hex(16)}-01`;
  if (plan.isOpen) sent.add(1, { name: request.name });
  const answer = http.request(
    request.method,
    plan.origin + filled(request.path, walk),
    request.body === null ? null : filled(request.body, walk),
    {
      headers,
      jar: walk.jar,
      tags: { name: request.name },
      timeout: plan.timeout,
      redirects: 0,
      responseType: request.readsBody ? 'text' : 'none',
      responseCallback: http.expectedStatuses({ min: 200, max: 399 }, ...request.also),
    },
  );
  answers.add(1, { name: request.name, ...boundsOf(answer.timings.duration / 1000) });
  if (answer.status === 401 && walk.seat !== undefined) renewed[walk.seat] = loggedIn(walk.seat);
  const isGood = isAnswered(answer, request.also) && passes(request, answer) && extracts(request, answer, walk);
  if (!isGood && answer.status > 0 && answer.status < 500) bad.add(1, { name: request.name });
  return isGood;
}

/** The bounds (s) that a time lies between: above one, not above the other. */
function boundsOf(time) {
  const at = plan.bounds.findIndex((bound) => time <= bound);
  const [gt, le] = at < 0 ? [plan.bounds.at(-1), '+Inf'] : [plan.bounds[at - 1] ?? 0, plan.bounds[at]];
  return { gt: String(gt), le: String(le) };
}

const isAnswered = ({ status }, also) => status > 0 && (status < 400 || also.includes(status));

function passes(request, answer) {
  return request.checks.every((one) =>
    check(answer, { [one.says]: (given) => judges[one.kind](given, one) }, { name: request.name }),
  );
}

const judges = {
  status: ({ status }, { among }) => among.includes(status),
  within: ({ timings }, { limit }) => timings.duration <= limit * 1000,
  has: ({ body }, { pointer }) => pointed(body, pointer) !== undefined,
  json: ({ body }, { pointer, equals }) => pointed(body, pointer) === equals,
  contains: ({ body }, { text }) => (body ?? '').includes(text),
  matches: ({ body }, { pattern }) => new RegExp(pattern, 'u').test(body ?? ''),
};

function extracts(request, answer, walk) {
  for (const one of request.extract) {
    const value = finds[one.kind](answer, one);
    if (value === undefined || value === null) return false;
    walk.variables[one.into] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return true;
}

const finds = {
  json: ({ body }, { pointer }) => pointed(body, pointer),
  header: ({ headers }, { name }) =>
    Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1],
  regex: ({ body }, { pattern }) => new RegExp(pattern, 'u').exec(body ?? '')?.[1],
};

/** What stands at a JSON pointer (RFC 6901); undefined where there is nothing, or no JSON. */
function pointed(body, pointer) {
  let value;
  try {
    value = JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
  for (const key of pointer.split('/').slice(1)) {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

const filled = (template, walk) =>
  template.map((piece) => (typeof piece === 'string' ? piece : fills[piece.kind](piece, walk))).join('');

const fills = {
  random: ({ low, high }) => String(whole(low, high)),
  row: ({ feeder, at, as }, walk) => encoded(walk.rows[feeder]?.[at] ?? '', as),
  variable: ({ name, as }, walk) => encoded(walk.variables[name] ?? '', as),
  sequence: (_, walk) => String(walk.sequence),
  uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[whole(0, 3)]}${hex(3)}-${hex(12)}`,
};

function encoded(value, as) {
  if (as === 'part') return encodeURIComponent(value);
  if (as === 'url') return value.replace(/[^\u0021-\u007e]/gu, encodeURIComponent);
  if (as === 'header') return value.replace(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '');
  if (as === 'number') return isJsonValue.test(value) ? value : JSON.stringify(value);
  return as === 'json' ? JSON.stringify(value).slice(1, -1) : value;
}

const isJsonValue = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/;

function pause(think) {
  if (think.kind === 'fixed') return think.for;
  if (think.kind === 'uniform') return think.from + Math.random() * (think.to - think.from);
  if (think.kind === 'exponential') return -Math.log(1 - Math.random()) * think.mean;
  if (think.mean === 0) return 0;
  const variance = Math.log(1 + (think.deviation / think.mean) ** 2);
  return Math.exp(Math.log(think.mean) - variance / 2 + Math.sqrt(variance) * normal());
}

/** A standard normal number (Box & Muller 1958). */
const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

const whole = (low, high) => low + Math.floor(Math.random() * (high - low + 1));
const hex = (length) => Array.from({ length }, () => '0123456789abcdef'[whole(0, 15)]).join('');
