import type { Other } from './install.ts';
import { type Generator, type LoadResults, type Round, type Spread, spreadOf } from './results.ts';
import { targetsOf } from './targets.ts';
import type { Saturated } from './trials.ts';

const names: Readonly<Record<Generator, string>> = {
  plimsoll: 'Plimsoll, open arrivals',
  users: 'Plimsoll, users without think time',
  bare: 'bare ring of undici clients',
  wrk: 'wrk',
  autocannon: 'autocannon',
  k6: 'k6',
  locust: 'Locust, FastHttpUser',
};
const order = Object.keys(names).filter((name): name is Generator => name in names);

const rounded = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en-US').replaceAll(',', ' ')
    : String(Number(value.toPrecision(3)));
/** The median, and between which two values the rounds lay. */
const told = (spread: Spread | undefined): string =>
  spread === undefined ? '–' : `${rounded(spread.median)} (${rounded(spread.low)} – ${rounded(spread.high)})`;
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');

/** The results as the README shows them: where and with what they were measured, how fast, how punctual, who tells the truth, and what the targets came to. */
export function tablesOf(results: LoadResults): string {
  return [setting(results), speed(results), punctuality(results), truth(results), targets(results)].join('\n\n');
}

function setting({ machine, versions, skipped, connections, rounds }: LoadResults): string {
  const with_ = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const timed = rounds.filter((round) => round.truth !== undefined).length;
  const without = Object.entries(skipped).map(([name, why]) => ` ${name} was left out: ${why}.`);
  return `${machine}. ${with_.join(', ')}. ${connections} connections, ${rounds.length} rounds (of times and of memory in flight ${timed}), each generator in turn in every round; medians, and the lowest and highest round in parentheses.${without.join('')}`;
}

function speed({ rounds }: LoadResults): string {
  const columns: readonly ((one: Saturated) => number)[] = [
    ({ rate }) => rate,
    ({ perCpuSecond }) => perCpuSecond,
    ({ resident }) => resident / 1e6,
  ];
  const of = (name: Generator, read: (one: Saturated) => number) =>
    told(spreadOf(rounds.map(({ saturated }) => saturated?.[name] && read(saturated[name]))));
  const walks = (who: 'plimsoll' | 'k6', read: (one: Saturated) => number) =>
    told(spreadOf(rounds.map(({ sessions }) => sessions?.[who] && read(sessions[who]))));
  const inSessions = (['plimsoll', 'k6'] as const).map((who) => [
    `${who === 'k6' ? 'k6' : 'Plimsoll'}, walks in sessions, with checks and extraction`,
    ...columns.map((read) => walks(who, read)),
  ]);
  return table(
    ['as fast as it can', 'requests/s on one core', 'requests a CPU-second', 'resident memory, MB'],
    [...order.map((name) => [names[name], ...columns.map((read) => of(name, read))]), ...inSessions],
  );
}

function punctuality({ rounds }: LoadResults): string {
  const shares = [...new Set(rounds.flatMap(({ steps }) => (steps ?? []).map(({ share }) => share)))].toSorted(
    (a, b) => a - b,
  );
  const at = (share: number, read: (step: NonNullable<Round['steps']>[number]) => number) =>
    told(spreadOf(rounds.flatMap(({ steps }) => (steps ?? []).filter((step) => step.share === share).map(read))));
  return table(
    ['Plimsoll at', 'offered/s', 'carried/s', 'lag p50, ms', 'lag p99, ms', 'verdicts on itself'],
    shares.map((share) => [
      `${share * 100} % of its maximum`,
      at(share, ({ rate }) => rate),
      at(share, ({ throughput }) => throughput),
      at(share, ({ lag }) => lag[0]),
      at(share, ({ lag }) => lag[1]),
      verdicts(rounds, share),
    ]),
  );
}

function verdicts(rounds: readonly Round[], share: number): string {
  const all = rounds.flatMap(({ steps }) =>
    (steps ?? []).filter((step) => step.share === share).map(({ verdict }) => verdict),
  );
  return [...Map.groupBy(all, (verdict) => verdict)].map(([verdict, some]) => `${some.length} × ${verdict}`).join(', ');
}

function truth({ rounds }: LoadResults): string {
  const delays = [...new Set(rounds.flatMap(({ truth }) => (truth ?? []).map(({ delay }) => delay)))];
  const cell = (delay: number, read: (one: NonNullable<Round['truth']>[number]) => number | undefined) =>
    told(spreadOf(rounds.flatMap(({ truth }) => (truth ?? []).filter((one) => one.delay === delay).map(read))));
  const tools: readonly Other[] = ['wrk', 'autocannon', 'k6', 'locust'];
  return table(
    ['median latency told, ms', ...delays.map((delay) => `${delay} ms injected`)],
    [
      ['the server itself', ...delays.map((delay) => cell(delay, ({ injected }) => injected[0]))],
      ['Plimsoll, service time', ...delays.map((delay) => cell(delay, ({ service }) => service[0]))],
      ['Plimsoll, from the intended start', ...delays.map((delay) => cell(delay, ({ response }) => response[0]))],
      ['Plimsoll, of which schedule lag', ...delays.map((delay) => cell(delay, ({ lag }) => lag[0]))],
      ...tools.map((tool) => [names[tool], ...delays.map((delay) => cell(delay, ({ others }) => others[tool]?.[0]))]),
    ],
  );
}

function targets(results: LoadResults): string {
  return table(
    ['target', 'wanted', 'measured', ''],
    targetsOf(results).map(({ name, wanted, measured, met }) => [
      name,
      wanted,
      told(measured),
      met === undefined ? 'not measured' : met ? 'met' : '**not met**',
    ]),
  );
}
