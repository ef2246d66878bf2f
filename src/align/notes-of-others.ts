import { duration, rate } from '../model/in-words.ts';
import type { Note } from '../model/note.ts';
import type { Window } from '../model/sheet.ts';
import { day } from './cells.ts';

/** So many daily cycles tell what a request costs, and how much of a week's peak is left (analysis 3.9). */
const forDemand = 1;
const forHeadroom = 5;
/** Loads closer together than this factor tell no cost from what is used anyway. */
const varied = 1.25;

/** What those windows of others' load that support claims are too few or too much alike for. */
export function notesOfOthers(windows: readonly Window[]): readonly Note[] {
  const kept = windows.filter(({ aside }) => aside === undefined);
  if (kept.length === 0 || !kept.every(({ health }) => health.verdict === 'foreign')) return [];
  return [...cycles(kept), ...variation(kept), ...regime(windows, kept)].map((text) => ({ about: 'load', text }));
}

function cycles(kept: readonly Window[]): readonly string[] {
  const time = lastOf(kept) - firstOf(kept);
  if (time < (forDemand - 0.1) * day)
    return [
      `what is judged lasted ${duration(time)}, less than a day: other hours may bring another mix of requests, and work of their own`,
    ];
  if (time < (forHeadroom - 0.1) * day)
    return [
      `what is judged lasted ${duration(time)}, fewer than ${forHeadroom} daily cycles: headroom may be less on days that were not seen`,
    ];
  return [];
}

function variation(kept: readonly Window[]): readonly string[] {
  const loads = kept.map(({ throughput }) => throughput);
  const [low, high] = [Math.min(...loads), Math.max(...loads)];
  if (high >= varied * low) return [];
  return [
    `the load hardly varied (${rate(low)} to ${rate(high)}), so what a request costs cannot be told from what is used anyway, nor how far that would carry`,
  ];
}

/** Of days: since when what is judged is there. */
function regime(windows: readonly Window[], kept: readonly Window[]): readonly string[] {
  const before = windows.filter(({ aside, cell }) => cell && aside?.kind === 'unstable-config');
  if (before.length === 0) return [];
  const since = new Date(firstOf(kept) * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return [
    `judged is the set-up from ${since} UTC on (${duration(lastOf(kept) - firstOf(kept))}); what was seen of others is set aside`,
  ];
}

const firstOf = (windows: readonly Window[]): number => Math.min(...windows.map(({ span }) => span.from));
const lastOf = (windows: readonly Window[]): number => Math.max(...windows.map(({ span }) => span.to));
