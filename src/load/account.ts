import { record } from './histogram.ts';
import { answers, isConnectFailure, type Outcome, outcomes, type ShedReason } from './outcome.ts';
import type { Phase, Tally } from './tally.ts';

/** What is known of a request when it ends: which of the script's requests it is, the phase it was due in, when it was due, and when it was on a connection, if ever. */
export type Sent = {
  readonly request: number;
  readonly phase: Phase;
  readonly due: number;
  readonly onSocket: number | undefined;
};

/** How a request ended; `late` where its answer was right but for its time. */
export type Ending = { readonly outcome: Outcome; readonly late: boolean };

/** Keeps one worker's tally; every way in which a request can begin and end has its one place here. */
export type Account = {
  readonly intended: (phase: Phase, request: number, lag: number) => void;
  readonly sent: (phase: Phase, request: number) => void;
  readonly shed: (phase: Phase, request: number, reason: ShedReason) => void;
  /** `counts` is whether `now` lies in the measure phase. */
  readonly ended: (sent: Sent, ending: Ending, now: number, counts: boolean) => void;
};

/**
 * Response times run from when a request was due, service times from when it was on a connection; both are kept of good answers and of those that were only late.
 * What never came counts with the time that was waited for it, so that losing the slow ones cannot make a target look fast; a quick refusal counts as an error only.
 */
export function accountOf(tally: Tally, timeout: number): Account {
  function took(phase: Phase, request: number, response: number): void {
    record(tally.responses(phase, request), response);
    tally.count(phase, request, 'responseSum', response);
  }

  function timed({ phase, request, due, onSocket }: Sent, { outcome, late }: Ending, now: number): void {
    const isServed = outcome === 'good' || late;
    if (isServed || outcome === 'timeout') took(phase, request, now - due);
    if (isServed && onSocket !== undefined) record(tally.histogram(phase, 'service'), now - onSocket);
  }

  function answeredInTime(outcome: Outcome): void {
    if (outcome === 'good') tally.add('goodInTime', 1);
    if (answers.includes(outcome)) tally.add('answersInTime', 1);
  }

  return {
    intended(phase, request, lag) {
      tally.count(phase, request, 'intended', 1);
      record(tally.histogram(phase, 'lag'), lag);
    },
    sent(phase, request) {
      tally.count(phase, request, 'sent', 1);
      tally.add('inFlight', 1);
    },
    shed(phase, request, reason) {
      tally.count(phase, request, `shed_${reason}`, 1);
      if (reason === 'cap') took(phase, request, timeout);
    },
    ended(sent, ending, now, counts) {
      const { phase, request, onSocket } = sent;
      const { outcome } = ending;
      tally.add('inFlight', -1);
      tally.count(phase, request, outcome, 1);
      if (outcomes[outcome] === 'generator') tally.add('localErrors', 1);
      if (isConnectFailure(outcome, onSocket !== undefined)) tally.count(phase, request, 'connectFailures', 1);
      timed(sent, ending, now);
      if (counts) answeredInTime(outcome);
    },
  };
}
