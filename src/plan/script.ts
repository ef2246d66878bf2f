import { fault } from '../faults.ts';
import type { LoadSource, RequestSource } from '../model/configuration.ts';
import type { Plan } from '../model/plan.ts';
import type { Caps, RequestClass, Script, Template } from '../model/script.ts';
import { template } from './template.ts';

/** What a script is made for and where it goes: names, the version that it is sent under, and the address that the target's URL resolved to. */
export type ScriptOrder = {
  readonly target: string;
  readonly run: string;
  readonly version: string;
  readonly plan: Plan;
  readonly caps: Caps;
  readonly origin: string;
  readonly address: string;
  /** Worker threads where the configuration leaves them open. */
  readonly workers: number;
};

/** These change nothing at the target. */
const harmless = ['GET', 'HEAD', 'OPTIONS'];
/** Headers that say who is calling, or that belong to the connection. */
const ours = [
  'user-agent',
  'x-plimsoll-run',
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
];

/**
 * Compiles what is configured to be sent into a script: plain data, templates read, identifying headers added.
 *
 * @throws CONFIG_INVALID where a template cannot be read, a method would write without `writes: true`, or a header is not the user's to set
 */
export function compile(load: LoadSource, order: ScriptOrder): Script {
  const prefix = new URL(load.url).pathname.replace(/\/$/, '');
  return {
    target: order.target,
    run: order.run,
    origin: order.origin,
    address: order.address,
    classes: load.requests.map((request) => classOf(request, load, order, prefix)),
    arrivals: order.plan.arrivals,
    seed: order.plan.seed,
    timeout: load.timeout,
    caps: order.caps,
    workers: load.workers ?? order.workers,
  };
}

function classOf(request: RequestSource, load: LoadSource, order: ScriptOrder, prefix: string): RequestClass {
  if (!load.writes && !harmless.includes(request.method))
    refuse(
      request,
      `${request.method} may change things at the target; it is only sent with "writes: true" in the target's load`,
    );
  const headers: Record<string, Template> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = header(request, name, value);
  return {
    name: request.name,
    weight: request.weight,
    method: request.method,
    path: path(request, prefix),
    headers: { ...headers, 'user-agent': text(`plimsoll/${order.version}`), 'x-plimsoll-run': text(order.run) },
    body: request.body === undefined ? undefined : read(request, 'its body', request.body),
  };
}

const text = (words: string): Template => [{ kind: 'text', text: words }];

function path(request: RequestSource, prefix: string): Template {
  const whole = read(request, 'its path', prefix + request.path);
  if (!request.path.startsWith('/')) refuse(request, `its path "${request.path}" does not begin with "/"`);
  // What undici would refuse later, once for each request: anything but visible ASCII.
  const odd = whole.find((piece) => piece.kind === 'text' && /[^\u0021-\u007e]/.test(piece.text));
  if (odd !== undefined)
    refuse(request, `its path "${request.path}" has a character that a URL cannot carry; write it percent-encoded`);
  return whole;
}

function header(request: RequestSource, name: string, value: string): Template {
  if (ours.includes(name.toLowerCase())) refuse(request, `the header "${name}" is set by Plimsoll; leave it out`);
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) refuse(request, `"${name}" is not the name of a header`);
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value))
    refuse(request, `the header "${name}" has a character that a header cannot carry`);
  return read(request, `the header "${name}"`, value);
}

function read(request: RequestSource, what: string, words: string): Template {
  const pieces = template(words);
  if (typeof pieces === 'string') refuse(request, `${what}: ${pieces}`);
  return pieces;
}

function refuse(request: RequestSource, why: string): never {
  throw fault('CONFIG_INVALID', [`${request.place.file}:${request.place.line}`, `request "${request.name}": ${why}`]);
}
