import { record } from './histogram.ts';
import { isConnectFailure, type Outcome, outcomes, type ShedReason } from './outcome.ts';
import type { Phase, Tally } from './tally.ts';

/** What is known of a request when it ends: the phase it was due in, when it was due, and when it was on a connection, if ever. */
export type Sent = { readonly phase: Phase; readonly due: number; readonly onSocket: number | undefined };

/** Keeps one worker's tally; every way in which a request can begin and end has its one place here. */
export type Account = {
  readonly intended: (phase: Phase, lag: number) => void;
  readonly sent: (phase: Phase) => void;
  readonly shed: (phase: Phase, reason: ShedReason) => void;
  /** `counts` is whether `now` lies in the measure phase. */
  readonly ended: (sent: Sent, outcome: Outcome, now: number, counts: boolean) => void;
};

/**
 * Response times run from when a request was due, service times from when it was on a connection; both are kept of good answers.
 * What never came counts with the time that was waited for it, so that losing the slow ones cannot make a target look fast; a quick refusal counts as an error only.
 */
export function accountOf(tally: Tally, timeout: number): Account {
  function took(phase: Phase, response: number): void {
    record(tally.histogram(phase, 'response'), response);
    tally.count(phase, 'responseSum', response);
  }

  function timed({ phase, due, onSocket }: Sent, outcome: Outcome, now: number): void {
    if (outcome === 'good' || outcome === 'timeout') took(phase, now - due);
    if (outcome === 'good' && onSocket !== undefined) record(tally.histogram(phase, 'service'), now - onSocket);
  }

  function answeredInTime(outcome: Outcome): void {
    if (outcome === 'good') tally.add('goodInTime', 1);
    if (answers.includes(outcome)) tally.add('answersInTime', 1);
  }

  return {
    intended(phase, lag) {
      tally.count(phase, 'intended', 1);
      record(tally.histogram(phase, 'lag'), lag);
    },
    sent(phase) {
      tally.count(phase, 'sent', 1);
      tally.add('inFlight', 1);
    },
    shed(phase, reason) {
      tally.count(phase, `shed_${reason}`, 1);
      if (reason === 'cap') took(phase, timeout);
    },
    ended(sent, outcome, now, counts) {
      const { phase, onSocket } = sent;
      tally.add('inFlight', -1);
      tally.count(phase, outcome, 1);
      if (outcomes[outcome] === 'generator') tally.add('localErrors', 1);
      if (isConnectFailure(outcome, onSocket !== undefined)) tally.count(phase, 'connectFailures', 1);
      timed(sent, outcome, now);
      if (counts) answeredInTime(outcome);
    },
  };
}

const answers: readonly Outcome[] = ['good', 'http_4xx', 'http_5xx'];
