import type { Composed } from './compose.ts';

/** How a request goes over a connection of HTTP/1.1, each byte as the character of its number. */
export type WriteText = (request: Composed) => string;

/** What has a body by its meaning tells its length, even where there is none (RFC 9110, 8.6). */
const expectsBody: readonly string[] = ['POST', 'PUT', 'PATCH'];

/** Writes requests to an origin, those that are always the same once. `connections` tells whether each closes its connection behind it. */
export function textFor(origin: string, connections: 'kept' | 'new'): WriteText {
  const { host } = new URL(origin);
  const lines = `host: ${host}\r\nconnection: ${connections === 'new' ? 'close' : 'keep-alive'}\r\n`;
  const fixed = new WeakMap<Composed, string>();
  return (request) => {
    if (!request.isFixed) return textOf(request, lines);
    const known = fixed.get(request);
    if (known !== undefined) return known;
    const text = textOf(request, lines);
    fixed.set(request, text);
    return text;
  };
}

function textOf({ method, path, headers, body }: Composed, lines: string): string {
  let text = `${method} ${path} HTTP/1.1\r\n${lines}`;
  for (let at = 0; at < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`;
  if (body === null) return `${text}${expectsBody.includes(method) ? 'content-length: 0\r\n' : ''}\r\n`;
  const bytes = Buffer.from(body).toString('latin1');
  return `${text}content-length: ${bytes.length}\r\n\r\n${bytes}`;
}
