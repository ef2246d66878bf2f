import { fault } from '../faults.ts';
import type { RequestSource } from '../model/request-source.ts';
import type { Encoding, ScriptRequest, Template } from '../model/script.ts';
import { type Scope, template } from './template.ts';

/** What every request of a script has in given. */
export type Given = {
  /** The path of the target's URL, before every path. */
  readonly prefix: string;
  readonly writes: boolean;
  /** Headers that are set for it. */
  readonly identity: Readonly<Record<string, string>>;
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
 * Compiles one request: its templates read in `scope`.
 *
 * @throws CONFIG_INVALID where a template cannot be read, a method would write without `writes: true`, or a header is not the user's to set
 */
export function requestOf(request: RequestSource, given: Given, scope: Scope): ScriptRequest {
  if (!given.writes && !harmless.includes(request.method))
    refuse(
      request,
      `${request.method} may change things at the target; it is only sent with "writes: true" in the target's load`,
    );
  const headers: Record<string, Template> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = header(request, name, value, scope);
  for (const [name, value] of Object.entries(given.identity)) headers[name] = [{ kind: 'text', text: value }];
  const { name, method, body, extract, checks, think } = request;
  return {
    name,
    method,
    path: path(request, given.prefix, scope),
    headers,
    body: body === undefined ? undefined : read(request, 'its body', body.text, scope, body.isJson ? 'json' : 'plain'),
    extract,
    checks,
    think,
  };
}

function path(request: RequestSource, prefix: string, scope: Scope): Template {
  const whole = read(request, 'its path', prefix + request.path, scope, 'part');
  if (!request.path.startsWith('/')) refuse(request, `its path "${request.path}" does not begin with "/"`);
  // No request line carries anything but visible ASCII.
  const odd = whole.find((piece) => piece.kind === 'text' && /[^\u0021-\u007e]/.test(piece.text));
  if (odd !== undefined)
    refuse(request, `its path "${request.path}" has a character that a URL cannot carry; write it percent-encoded`);
  return whole;
}

function header(request: RequestSource, name: string, value: string, scope: Scope): Template {
  if (ours.includes(name.toLowerCase())) refuse(request, `the header "${name}" is set by Plimsoll; leave it out`);
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) refuse(request, `"${name}" is not the name of a header`);
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value))
    refuse(request, `the header "${name}" has a character that a header cannot carry`);
  return read(request, `the header "${name}"`, value, scope, 'header');
}

function read(request: RequestSource, what: string, words: string, scope: Scope, as: Encoding): Template {
  const pieces = template(words, scope, as);
  if (typeof pieces === 'string') refuse(request, `${what}: ${pieces}`);
  return pieces;
}

function refuse(request: RequestSource, why: string): never {
  throw fault('CONFIG_INVALID', [`${request.place.file}:${request.place.line}`, `request "${request.name}": ${why}`]);
}
