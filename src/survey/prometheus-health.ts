import type { PrometheusSource } from '../model/configuration.ts';
import type { PrometheusDiagnosis } from '../model/diagnosis.ts';
import { duration } from '../model/in-words.ts';
import type { SourceState } from '../model/inventory.ts';
import type { Note } from '../model/note.ts';

/** A clock may be off by this much (s) before it is told: probes and scrapes are matched to the second. */
const clockTolerance = 1;
/** The newest of all scrapes is no older than this (s) where data arrive in time: the longest usual scrape interval. */
const usualAge = 60;

/** A Prometheus in words: whether it answers, whether its clock differs from ours or its data come late. */
export function prometheusHealth({ name, url }: PrometheusSource, state: SourceState | undefined): PrometheusDiagnosis {
  const known = { name, url };
  if (!state) return { ...known, answers: false, text: 'was not asked', warning: undefined };
  if (state.kind === 'silent') return { ...known, answers: false, text: state.why.message, warning: undefined };
  const { ahead, behind } = state;
  if (ahead === undefined || behind === undefined) {
    const warning = 'it keeps no "up", so its clock cannot be compared with ours';
    return { ...known, answers: true, text: 'answers', warning };
  }
  return {
    ...known,
    answers: true,
    text: `answers; its newest scrape is ${duration(behind)} old`,
    warning: warningOf(ahead, behind),
  };
}

/** That the clock of a Prometheus is ahead of ours, where it is by more than matters. */
export const clockNotes = (name: string, ahead: number): readonly Note[] =>
  ahead > clockTolerance
    ? [{ about: 'data', text: `the clock of Prometheus "${name}" is ${duration(ahead)} ahead of ours` }]
    : [];

function warningOf(ahead: number, behind: number): string | undefined {
  if (ahead > clockTolerance) return `its clock is ${duration(ahead)} ahead of ours: set both by NTP`;
  if (behind <= usualAge) return undefined;
  return `nothing newer than ${duration(behind)} is there: data come late, or its clock is behind ours`;
}
