import { interval, number, percent, rate } from '../../src/model/in-words.ts';
import type { Report } from '../../src/model/report.ts';
import { worldInWords } from './families/world-in-words.ts';
import type { Trial } from './trials.ts';
import type { Truth } from './truth.ts';

/** Everything about one world for somebody who asks why: the world, what is true of it, what the report says, and on what grounds. */
export function trialInWords({ world, truth, report, oracle, scored, variant }: Trial): string {
  const best = oracle.capacity ? interval(oracle.capacity) : 'none';
  return [
    `=== ${variant} ===`,
    worldInWords(world),
    '',
    ...truthLines(truth),
    `oracle: ${oracle.shows ? 'the run shows it' : 'the run does not show it'}, capacity ${best}`,
    '',
    ...reportLines(report),
    '',
    ...windowLines(report),
    '',
    ...resourceLines(report),
    '',
    `marks: ${Object.entries(scored.marks)
      .map(([name, mark]) => `${name} ${number(mark)}`)
      .join(', ')}`,
    '',
  ].join('\n');
}

function truthLines(truth: Truth): readonly string[] {
  const { kinds, why, first, capacity, gains, symptoms, next, onset, use } = truth;
  const gained = Object.entries(gains)
    .toSorted(([, a], [, b]) => b.gain - a.gain)
    .map(([key, { gain, error }]) => `${key} ${percent(gain)} ± ${percent(error)}`);
  return [
    `truth: ${kinds.join(' or ')}; first ${first.join(', ') || 'nothing'} (${why})`,
    `  capacity ${rate(capacity.rate)} ± ${number(capacity.error)}, of which the run asks ${percent(use)}`,
    `  half as much again gains: ${gained.join('; ') || 'nothing tried'}`,
    `  symptoms: ${symptoms.join(', ') || 'none'}`,
    `  next: ${next ? `${next.first.join(', ') || 'nothing'} at ${rate(next.capacity.rate)}` : 'not looked for'}`,
    `  onset: ${onset ? `${rate(onset.from)} to ${rate(onset.to)}` : 'not looked for'}`,
    `  curve: ${truth.curve.map(({ load, good }) => `${number(load)}→${number(good)}`).join(' ')}`,
  ];
}

function reportLines(report: Report): readonly string[] {
  const { verdict, capacity, next, notes, blind } = report;
  return [
    `said: ${verdict.kind}: ${verdict.sentence}`,
    ...verdict.because.map((line) => `  ${line}`),
    `  candidates: ${verdict.set.map((one) => `${one.component}/${one.resource} ${number(one.probability)}`).join(', ')}`,
    `  capacity: ${capacity ? `${interval(capacity.rate)} ${capacity.provenance} ${capacity.binds}` : 'none'}`,
    `  next: ${next ? `${next.component}/${next.resource} ${interval(next.capacity.rate)}` : 'none'}`,
    `  remedy: ${report.remedy ?? 'none'}`,
    ...notes.map((note) => `  note: ${note}`),
    ...blind.map((spot) => `  blind: ${spot.component}/${spot.resource}: ${spot.why}`),
  ];
}

const cell = (value: number | null | undefined): string =>
  value === null || value === undefined ? '_' : number(value);

function windowLines(report: Report): readonly string[] {
  return [
    'windows: offered throughput goodput errors p50 p99 in flight aside',
    ...report.load.steps.map((step) =>
      [
        ' ',
        ...[step.offered, step.throughput, step.goodput, step.errors, step.p50, step.p99, step.inFlight].map((value) =>
          cell(value).padStart(8),
        ),
        step.aside ?? '',
      ].join(' '),
    ),
  ];
}

function resourceLines(report: Report): readonly string[] {
  return report.resources.flatMap((one) => {
    const onset = one.onset ? `, onset ${cell(one.onset.load.above)} to ${cell(one.onset.load.upTo)}` : '';
    const carries = one.capacity ? `, carries ${interval(one.capacity.rate)} ${one.capacity.provenance}` : '';
    const at = Object.values(one.at).join(' ');
    const because = one.because ? `, ${one.because}` : '';
    return [
      `${one.component}/${one.resource} ${at}: ${one.state}${because}${onset}${carries}`,
      `    fill ${one.curve.map(cell).join(' ')}`,
      ...rowLines(report, one),
    ];
  });
}

/** What was read besides usage: ceilings, queues, refusals, as they stand in the sheet. */
function rowLines(report: Report, one: Report['resources'][number]): readonly string[] {
  return report.sheet.rows
    .filter((row) => row.component === one.component && row.resource === one.resource)
    .filter((row) => Object.entries(row.at).every(([key, value]) => (one.at[key] ?? value) === value))
    .map((row) => `    ${row.role} ${row.values.map(cell).join(' ')}`);
}
