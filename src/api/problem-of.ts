import { type FaultCode, faults, PlimsollFault } from '../faults.ts';
import type { Problem } from './schemas.ts';

/** An answer for whatever was thrown; `ours` says that it is our mistake, so that the log must have it and the caller must not. */
export type Trouble = { readonly problem: Problem; readonly ours: boolean };

/** Turns a fault, or an error of the server itself, into an RFC 9457 problem that never tells how we are built. */
export function problemOf(error: unknown): Trouble {
  if (error instanceof PlimsollFault) return ofFault(error.code, error.message);
  const status = statusOf(error);
  if (status < 500 && error instanceof Error) return ofCode('USAGE', status, error.message);
  return { problem: unexplained, ours: true };
}

const unexplained = problem('INTERNAL', 500, 'something in Plimsoll itself went wrong; its log says what');

function ofFault(code: FaultCode, message: string): Trouble {
  if (code === 'INTERNAL') return { problem: unexplained, ours: true };
  const { status } = faults[code];
  return { problem: problem(code, status, message), ours: status >= 500 };
}

const ofCode = (code: FaultCode, status: number, message: string): Trouble => ({
  problem: problem(code, status, message),
  ours: false,
});

function problem(code: FaultCode, status: number, detail: string): Problem {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return { type: `urn:plimsoll:fault:${words.replaceAll(' ', '-')}`, title: words, status, detail, code };
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 600 ? status : 500;
}
