import type { Script } from '../model/script.ts';
import type { Outcome } from './outcome.ts';
import type { LoginFailure, StepEnd } from './step-order.ts';

/** How a login that got no good answer is told. */
const inWords: Readonly<Partial<Record<Outcome, string>>> = {
  check_failed: 'failed a check, or lacks what is extracted from it',
  timeout: 'did not come within the time-out',
  refused: 'did not come: the connection was refused',
  unreachable: 'did not come: the target cannot be reached',
  tls: 'did not come: no secure connection could be made',
};

/** Why the sessions of a load could not be opened, from what its workers told (undefined: nothing); undefined where they could, or where someone asked to stop. */
export function loginFailed(
  ends: readonly (StepEnd | undefined)[],
  { sessions }: Pick<Script, 'sessions'>,
): string | undefined {
  const failure = ends.find((end) => end?.loginFailed !== undefined)?.loginFailed;
  if (failure !== undefined) return failedAs(failure, sessions);
  if (ends.includes(undefined)) return 'a worker thread of the load did not answer';
  const isCut = ends.some((end) => end?.halt !== undefined && end.halt !== 'asked');
  return isCut ? 'the load was stopped before all of them were open' : undefined;
}

function failedAs({ request, outcome, status }: LoginFailure, sessions: Script['sessions']): string {
  const { name, method } = sessions?.login[request] ?? { name: 'login', method: '' };
  const what = inWords[outcome] ?? (status === undefined ? `ended as ${outcome}` : `has the status ${status}`);
  return `the answer to "${name}" (${method}) ${what}`;
}
