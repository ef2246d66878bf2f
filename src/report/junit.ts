import { isNone, isOpen, isWithin, knownCarried } from '../model/headroom.ts';
import { percent } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { answers } from '../model/verdict.ts';
import { printable } from './printable.ts';
import { type Ranked, ranking } from './ranking.ts';
import { onsetText, pointOf } from './wording.ts';

type Outcome =
  | { readonly kind: 'passed'; readonly text: string }
  | { readonly kind: 'failure' | 'error' | 'skipped'; readonly text: string };

type Case = { readonly group: string; readonly name: string; readonly outcome: Outcome };

/**
 * A report as JUnit XML, for CI: one test case for the verdict, for the headroom, for every objective and for every resource.
 * A resource fails where it does not carry the reference load; where nothing can be told it is skipped; no answer at all is an error.
 */
export const junit = (report: Report): string => junitOf([report]);

/** Several reports in one document, a test suite each: what a comparison comes to in CI. */
export function junitOf(reports: readonly Report[]): string {
  const suites = reports.map((report) => ({ report, cases: casesOf(report) }));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="plimsoll" ${counts(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(({ report: { run }, cases }) => [
      `  <testsuite name="${xml(run.target)}" id="${xml(run.id)}" timestamp="${xml(run.from)}" ${counts(cases)}>`,
      ...cases.map((each) => element(run.target, each)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(cases: readonly Case[]): string {
  const of = (kind: Outcome['kind']) => cases.filter(({ outcome }) => outcome.kind === kind).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function casesOf(report: Report): readonly Case[] {
  return [
    verdictCase(report),
    ...headroomCase(report),
    ...report.objectives.map((objective) => objectiveCase(report, objective)),
    ...ranking(report).rows.map((row) => resourceCase(report, row)),
  ];
}

function verdictCase({ verdict }: Report): Case {
  const isAnswer = answers.includes(verdict.kind);
  return {
    group: 'verdict',
    name: 'the run gives an answer',
    outcome: { kind: isAnswer ? 'passed' : 'error', text: verdict.sentence },
  };
}

function headroomCase({ headroom }: Report): readonly Case[] {
  if (headroom === null) return [];
  const [group, name] = ['headroom', 'the reference load is carried'];
  if (isOpen(headroom))
    return [{ group, name, outcome: { kind: 'skipped', text: `cannot be told: ${knownCarried(headroom)}` } }];
  const left = pointOf(headroom.ratio);
  const text = `headroom ${percent(left)} at ${headroom.load} requests/s`;
  return [{ group, name, outcome: { kind: left > 0 ? 'passed' : 'failure', text } }];
}

/** Above the reference load an objective may be crossed: a probe goes there on purpose. */
function objectiveCase(
  { headroom }: Report,
  { text, crossed, upTo, missed, open }: Report['objectives'][number],
): Case {
  const isMissed = missed !== undefined && missed !== null && (headroom === null || isWithin(missed.load, headroom));
  if (isMissed) return { group: 'objectives', name: text, outcome: { kind: 'failure', text: `missed ${missed.text}` } };
  if (!crossed && open)
    return { group: 'objectives', name: text, outcome: { kind: 'skipped', text: `cannot be told: ${open}` } };
  const isBreached = crossed && (headroom === null || upTo === null || isWithin(upTo, headroom));
  const where = crossed && upTo !== null ? `crossed by ${upTo} requests/s` : 'not crossed';
  return { group: 'objectives', name: text, outcome: { kind: isBreached ? 'failure' : 'passed', text: where } };
}

function resourceCase(report: Report, { name, resource, peak, left }: Ranked): Case {
  const fails = resource.headroom !== null && isNone(resource.headroom);
  const onset = resource.onset === null ? '' : `; saturated at ${onsetText(resource.onset.load)}`;
  const state = `${resource.state}, ${peak}${left === undefined ? '' : `, ${left.text} left`}${onset}`;
  if (resource.state === 'blind')
    return { group: 'resources', name, outcome: { kind: 'skipped', text: blindness(report, resource) } };
  return { group: 'resources', name, outcome: { kind: fails ? 'failure' : 'passed', text: state } };
}

function blindness({ blind }: Report, { component, resource }: Ranked['resource']): string {
  const spot = blind.find((each) => each.component === component && each.resource === resource);
  return spot === undefined ? 'no readings' : `${spot.why}; to see it: ${spot.cure}`;
}

function element(target: string, { group, name, outcome }: Case): string {
  const open = `    <testcase classname="${xml(`${target}.${group}`)}" name="${xml(name)}">`;
  const body =
    outcome.kind === 'passed'
      ? `<system-out>${xml(outcome.text)}</system-out>`
      : `<${outcome.kind} message="${xml(outcome.text)}"/>`;
  return `${open}${body}</testcase>`;
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** Text for XML 1.0, which has no place for control characters nor for U+FFFE and U+FFFF. */
function xml(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/gu, ' ')
    .replace(/[&<>"']/gu, (mark) => entities.get(mark) ?? '');
}
