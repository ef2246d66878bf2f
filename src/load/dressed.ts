import type { Composed } from './compose.ts';
import { cookieHeader, type Jar } from './cookies.ts';
import { traceparent } from './trace.ts';

/** A request with the cookies of its walk and its trace, if it has any; the headers that it came with stay as they are. */
export function dressed(request: Composed, jar: Jar | undefined, trace: string | undefined, number: number): Composed {
  const cookies = jar && cookieHeader(jar);
  if (cookies === undefined && trace === undefined) return request;
  const headers = [...request.headers];
  if (cookies !== undefined) headers.push('cookie', cookies);
  if (trace !== undefined) headers.push('traceparent', traceparent(trace, number));
  return { ...request, headers, isFixed: false };
}
