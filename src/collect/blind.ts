import type { BlindSpot } from '../model/blind-spot.ts';
import type { SignalSource } from '../model/component.ts';
import { fits, type Labels } from '../model/labels.ts';
import type { Pack, PackResource } from '../model/pack.ts';
import type { Signal } from '../model/signal.ts';
import { type Candidate, workloadOf } from './candidates.ts';
import { selectorsOf } from './resolve.ts';
import type { ResourceRows } from './rows.ts';
import { inBraces, type Located } from './scope.ts';

/** What became of one resource: its signals, what cannot be seen, and whether some of it soundly is not there or has no limit. */
export type Seen = {
  readonly signals: readonly Signal[];
  /** Of space that has no limit: it may grow all the same. */
  readonly unlimited: readonly Signal[];
  readonly blind: readonly BlindSpot[];
  readonly omitted: boolean;
};

/** Why nothing of a pack is there; undefined where something is. */
export type Emptiness = 'no-exporter' | 'nothing-selected' | undefined;

/** What the sentences about a resource need. */
export type Circumstances = {
  readonly pack: Pack;
  readonly source: SignalSource;
  readonly located: Located;
  readonly emptiness: Emptiness;
};

/** What is not told because nothing of a pack is there, though each of it may soundly be missing where the rest is there. */
export type Silence = { readonly ids: readonly string[]; readonly spot: BlindSpot };

const nothing: Seen = { signals: [], unlimited: [], blind: [], omitted: false };

/**
 * Judges what is seen of a resource. What an installation may soundly lack is left out, and no blind spot.
 *
 * @param isNoLimit a ceiling is told that limits nothing, and is not among the signals
 */
export function judged(
  rows: ResourceRows,
  signals: readonly Signal[],
  circumstances: Circumstances,
  isNoLimit = false,
): Seen {
  const usage = signals.filter(({ role }) => role === 'usage');
  if (usage.length === 0) return unseen(rows, signals, circumstances);
  const ceilings = signals.filter(({ role }) => role === 'ceiling');
  const bare = usage.filter(({ at }) => !ceilings.some((ceiling) => fits(ceiling.at, at)));
  if (bare.length === 0) return { ...nothing, signals };
  return withoutCeiling(rows, signals, bare, isNoLimit);
}

function withoutCeiling(
  { resource, told, rows }: ResourceRows,
  signals: readonly Signal[],
  bare: readonly Signal[],
  isNoLimit: boolean,
): Seen {
  const { component, resource: id } = resource;
  if (told.optional !== undefined && told.ceiling && !isGranted(told, signals)) {
    const isBare = ({ at }: { readonly at: Labels }): boolean =>
      bare.some((one) => fits(at, one.at) && fits(one.at, at));
    const kept = signals.filter((signal) => !isBare(signal));
    const left = kept.some(({ role }) => role === 'usage') ? kept : [];
    if (told.kind !== 'space') return { ...nothing, signals: left, omitted: true };
    return { ...nothing, signals: left, unlimited: signals.filter((signal) => !left.includes(signal)) };
  }
  if ((told.optional !== undefined && !isGranted(told, signals)) || told.kind === 'servers')
    return { ...nothing, signals };
  const key = id.replaceAll('-', '_');
  const names = namesOf(rows.find(({ role }) => role === 'ceiling')?.candidates ?? []);
  const untold = isNoLimit ? `what is told as that limits nothing (of ${names})` : `no series of ${names} fits`;
  const why = told.ceiling?.length
    ? `its usage is seen, but not its ceiling: ${untold}`
    : 'its usage is seen, but no exporter tells its ceiling';
  const cure = `state it in the configuration: "ceilings: { ${key}: … }" under component "${component}"`;
  return { ...nothing, signals, blind: [{ component, resource: id, why, cure }] };
}

/** A ceiling that a series or the configuration tells, and not one that the pack has for all. */
const isToldCeiling = ({ role, parts, evidence }: Signal): boolean =>
  role === 'ceiling' && parts.length > 0 && (evidence.source === 'stated' || !evidence.promql.startsWith('vector('));

/** Only what has a quota tells of the periods in which it was throttled: there is one, also where nobody tells how large it is. */
const isGranted = ({ kind }: PackResource, signals: readonly Signal[]): boolean =>
  kind === 'quota' && signals.some(({ role, parts }) => role === 'queue' && parts.length > 0);

function unseen(
  { resource, told, rows }: ResourceRows,
  signals: readonly Signal[],
  circumstances: Circumstances,
): Seen {
  const { component, resource: id } = resource;
  const candidates = rows.find(({ role }) => role === 'usage')?.candidates ?? [];
  const why = reason(told, circumstances, candidates);
  // What has a ceiling is there, though nobody tells how much of it is used; where the pack knows what would tell it, it ought to be seen.
  const isLimited = told.cure !== undefined && signals.some(isToldCeiling);
  if (told.optional !== undefined && !isLimited) {
    if (isSound(told, candidates, circumstances)) return { ...nothing, omitted: true };
    if (told.cure === undefined) return nothing;
  }
  return {
    ...nothing,
    blind: [{ component, resource: id, why: why.why, cure: why.cure ?? cureOf(told, circumstances) }],
  };
}

/** A pack that the configuration names and of which nothing is found hides all that it would tell, also what some installations lack. */
export function silenceOf(
  component: string,
  read: readonly (Seen & { readonly id: string })[],
  circumstances: Circumstances,
): Silence | undefined {
  const { pack, emptiness } = circumstances;
  const ids = read.filter(isUntold).map(({ id }) => id);
  if (emptiness === undefined || ids.length === 0) return undefined;
  const named = ids.length < read.length ? 'everything else' : 'everything';
  const { why, cure } = empty(emptiness, circumstances);
  return {
    ids,
    spot: {
      component,
      resource: `${named} that pack "${pack.pack}" tells`,
      why,
      cure: cure ?? `let Prometheus scrape ${pack.exporter}`,
    },
  };
}

const isUntold = ({ signals, unlimited, blind, omitted }: Seen): boolean =>
  !omitted && signals.length + unlimited.length + blind.length === 0;

/** What is optional may be missing where the rest of its exporter is there, or where it needs something that the workload does not have. */
function isSound(told: PackResource, candidates: readonly Candidate[], { emptiness }: Circumstances): boolean {
  if (candidates.length === 0) return told.workload !== undefined;
  return emptiness === undefined;
}

const cureOf = ({ cure }: PackResource, { pack }: Circumstances): string =>
  cure ?? `let Prometheus scrape ${pack.exporter}`;

function reason(
  told: PackResource,
  { pack, source, located, emptiness }: Circumstances,
  candidates: readonly Candidate[],
): { readonly why: string; readonly cure: string | undefined } {
  if (candidates.length === 0) {
    const lost = Object.entries(located)
      .filter(([key, values]) => values.length === 0 && Object.hasOwn(workloadOf(pack, told), key))
      .map(([key]) => key);
    return {
      why: `no ${lost.join(' or ') || 'instance'} was found for its workload ${inBraces(firsts(located))}`,
      cure: `check "workload" of the component, and that ${pack.exporter} is scraped`,
    };
  }
  return emptiness === undefined
    ? { why: `no series of ${namesOf(candidates)}`, cure: undefined }
    : empty(emptiness, { pack, source });
}

/** Why nothing of a pack is there, and what would bring it, where it is more than to scrape it. */
function empty(
  emptiness: NonNullable<Emptiness>,
  { pack, source }: Pick<Circumstances, 'pack' | 'source'>,
): { readonly why: string; readonly cure: string | undefined } {
  if (emptiness === 'no-exporter') return { why: `Prometheus has no series of ${pack.exporter}`, cure: undefined };
  return {
    why: `there are series of ${pack.exporter}, but none with ${inBraces({ ...source.select, ...source.part })}`,
    cure: `correct "select" or "part" of pack "${pack.pack}"`,
  };
}

const firsts = (located: Located): Labels =>
  Object.fromEntries(
    Object.entries(located).flatMap(([key, values]) => (values.length > 0 ? [[key, values.join('|')]] : [])),
  );

export function namesOf(candidates: readonly Candidate[]): string {
  const names = [...new Set(candidates.flatMap(selectorsOf).map(({ name }) => name))];
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} … (${names.length} spellings)` : names.join(', ');
}
