import { mkdtempSync } from 'node:fs';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comparison } from '../../src/model/comparison.ts';
import { interval, rate } from '../../src/model/in-words.ts';
import { readReport } from '../../src/model/read-report.ts';
import type { Report } from '../../src/model/report.ts';
import type { LabContext } from '../support/lab.ts';
import type { Short } from '../support/outcome.ts';
import { endOwnChildren, ownChild } from '../support/own-child.ts';
import { observed, type Stretch } from './observed.ts';

export const name = 'demo';

/** PgBouncer lends 2 connections, and each is held for the query's pause of 10 ms (s) and what comes on top of it: a slow machine adds to that, and nothing takes away from the pause. */
const lent = 2;
const pause = 0.01;
/** No more than the pause alone leaves, nor less than what PgBouncer's own counters tell of low load, where what comes on top is longest; on a machine whose speed swings it may be longer yet by so much. */
const near = { above: 1.05, below: 0.8 };
/** Seconds. */
const wholeWithin = 8 * 60;
const firstWithin = 3 * 60;

/** The demo as a user starts it; when a round is over, the next is still loading, it is judged again from Prometheus alone. */
export async function run({ folder, stop, say }: LabContext): Promise<readonly Short[]> {
  stop.addEventListener('abort', () => void endOwnChildren(), { once: true });
  const stacks = mkdtempSync('/tmp/plimsoll-lab-demo-');
  // The servers run as another user, who must be able to pass.
  await chmod(stacks, 0o711);
  const output = join(folder, 'stdout');
  const observations: Promise<Report | string>[] = [];
  const over = async (stretch: Stretch) => {
    const own = join(folder, `observed-${observations.length}`);
    await mkdir(own);
    return observed(stacks, own, stretch);
  };
  const heard = hearing(say, (stretch) => observations.push(over(stretch)));
  const script = 'exec "$0" deploy/demo/main.ts --once -o json >"$1"';
  const asked = { say: heard.hear, env: { TMPDIR: stacks } };
  const { code, took, output: said } = await ownChild('sh', ['-c', script, process.execPath, output], asked);
  const again = await Promise.all(observations);
  const comparison = comparisonIn(await readFile(output, 'utf8'));
  await rm(stacks, { recursive: true, force: true });
  if (typeof comparison === 'string' || code !== 0)
    return [{ name: 'demo round 1', passed: false, detail: `exit ${code}; ${comparison}\n${said.slice(-3000)}` }];
  return [
    { name: 'demo: one comparison of three reports on stdout, and nothing else', passed: true, detail: '' },
    ...rounds(comparison.reports),
    lasted('demo: the first verdict within 3 minutes', heard.firstVerdict(), firstWithin),
    lasted('demo: the whole within 8 minutes', took, wholeWithin),
    ...sameRoots(comparison.reports, again),
  ];
}

/** Reads along: when a run begins, when its last beat was, and when the next one begins. */
function hearing(say: (text: string) => void, over: (stretch: Stretch) => void) {
  const began = Date.now() / 1000;
  const begun: number[] = [];
  let [rest, beat] = ['', began];
  const hearLine = (line: string): void => {
    const now = Date.now() / 1000;
    if (/^ +(step|watching) /.test(line)) beat = now;
    if (line.startsWith('·')) say(line);
    if (!/^· run .* steps/.test(line)) return;
    const from = begun.at(-1);
    begun.push(now);
    if (from !== undefined) over({ from, to: beat });
  };
  return {
    /** Seconds until the second run began: the verdict of the first was there. */
    firstVerdict: () => (begun[1] === undefined ? undefined : begun[1] - began),
    hear: (text: string): void => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hearLine(line);
    },
  };
}

/** What was written to stdout; as text, why it is not what it must be. */
function comparisonIn(text: string): Comparison | string {
  try {
    const comparison: Comparison = JSON.parse(text);
    if (comparison.schema !== 'plimsoll/comparison/v1') return `the schema is ${comparison.schema}`;
    if (comparison.reports.length !== 3) return `there are ${comparison.reports.length} reports`;
    const [faulty] = comparison.reports.map((report) => readReport(JSON.stringify(report))).filter(isText);
    return faulty ?? comparison;
  } catch {
    return `stdout is not one JSON document: ${text.slice(0, 300)}`;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

function namedBy({ verdict: { first } }: Report): string | undefined {
  return first ? `${first.component} / ${first.resource}` : undefined;
}

/** What may be named first in each round; in the second without control groups it is the API's own pool. */
const right = [
  ({ resources }: Report, first: string | undefined) =>
    first === 'bouncer / server-pool' &&
    resources.some((one) => one.component === 'api' && one.resource === 'pool' && one.state === 'symptom'),
  (_: Report, first: string | undefined) => first === 'api / cpu-quota' || first === 'api / pool',
  ({ verdict }: Report, first: string | undefined) =>
    first === undefined
      ? ['not-reached', 'generator-limited'].includes(verdict.kind) ||
        (verdict.kind === 'near-tie' && verdict.set.every(({ resource }) => ofTheMachine.includes(resource)))
      : ofTheMachine.some((resource) => first.endsWith(` / ${resource}`)),
] as const;
const ofTheMachine = ['cpu', 'event-loop'];

/** The verdict with what it rests on: how full each resource was at each load. */
function atLength({ verdict, load, resources }: Report): string {
  const fill = (share: number | null) => (share === null ? '_' : share.toFixed(2));
  const rows = resources
    .filter(({ curve }) => curve.some((share) => (share ?? 0) > 0.5))
    .map((one) => {
      const own = one.capacity ? interval(one.capacity.rate, rate) : 'unknown';
      return `${one.component} / ${one.resource} ${one.state}, own capacity ${own}: ${one.curve.map(fill).join(' ')}`;
    });
  const steps = load.steps.map(({ offered, goodput }) => `${rate(offered)} → ${rate(goodput)}`);
  return [verdict.sentence, steps.join(', '), ...rows].join('\n');
}

function rounds(reports: readonly Report[]): readonly Short[] {
  const verdicts = reports.map((report, i) => ({
    name: `demo round ${i + 1}`,
    passed: right[i]?.(report, namedBy(report)) === true,
    detail: right[i]?.(report, namedBy(report)) === true ? report.verdict.sentence : atLength(report),
  }));
  const found = reports[0]?.capacity?.rate;
  const [most, least] = [lent / pause, lent / Math.max(pause, heldFor(reports[0]))];
  const value = found?.kind === 'interval' ? found.value : 0;
  const isNear = value <= near.above * most && value >= near.below * least;
  const detail = `${found ? interval(found, rate) : 'none'}, by arithmetic ${rate(least)} to ${rate(most)}`;
  return [...verdicts, { name: 'demo round 1: its capacity is what arithmetic says', passed: isNear, detail }];
}

/** How long a request keeps a connection of PgBouncer's at low load (s); 0 where that is not told. */
function heldFor(report: Report | undefined): number {
  const pool = report?.resources.find((one) => one.component === 'bouncer' && one.resource === 'server-pool');
  const held = pool?.demand?.perRequest;
  return held?.kind === 'interval' ? held.value : 0;
}

const lasted = (title: string, took: number | undefined, most: number): Short => ({
  name: title,
  passed: took !== undefined && took <= most,
  detail: took === undefined ? 'it was not told' : `${Math.round(took)} s`,
});

/** The first observation is of round 1, the second of the proof, the third of round 2. */
function sameRoots(reports: readonly Report[], again: readonly (Report | string)[]): readonly Short[] {
  return [0, 1].map((round) => {
    const [probed, seen] = [reports[round], again[2 * round]];
    const told = seen === undefined ? 'it was not observed' : isText(seen) ? seen : seen.verdict.sentence;
    const root = probed && namedBy(probed);
    const same = root !== undefined && seen !== undefined && !isText(seen) && namedBy(seen) === root;
    return { name: `observed from Prometheus alone, round ${round + 1} has the same root`, passed: same, detail: told };
  });
}
