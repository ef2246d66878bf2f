import { duration, number, percent, rate, users } from '../model/in-words.ts';
import type { Plan, Search, Stage, Step } from '../model/plan.ts';
import { stagesOf, windowsOf } from '../model/stages.ts';
import type { Think } from '../model/think.ts';

/** What a plan would offer, a line for each step; of a search what its steps depend on. */
export function planInWords(plan: Plan): readonly string[] {
  const thinking =
    plan.think === undefined ? [] : [`users think ${thinkInWords(plan.think)} between an answer and the next request`];
  const lines = plan.kind === 'search' ? searchInWords(plan.search) : plan.steps.flatMap((step) => stepInWords(step));
  return [...lines, ...thinking];
}

function stepInWords(step: Step): readonly string[] {
  const say = step.users === undefined ? rate : users;
  if (step.windows === undefined)
    return [
      `${step.index + 1}. ${say(step.users ?? step.rate)} for ${duration(step.settle)} to settle and ${duration(step.measure)} to measure`,
    ];
  const windows = windowsOf(step);
  const [first] = windows;
  return [
    ...stagesOf(step).map((stage, i) => `${i + 1}. ${stageInWords(stage, say)}`),
    `read in ${number(windows.length)} windows, the first of ${duration(first.to - first.from)}`,
  ];
}

const stageInWords = ({ lasts, from, to }: Stage, say: (level: number) => string): string =>
  from === to ? `${say(from)} for ${duration(lasts)}` : `from ${say(from)} to ${say(to)} within ${duration(lasts)}`;

function searchInWords({ from, to, factor, precision, phases, hold, budget, crowd }: Search): readonly string[] {
  const say = crowd === undefined ? rate : users;
  const each = `${duration(phases.settle)} to settle and ${duration(phases.measure)} to measure or longer where answers are few`;
  return [
    `begins at ${say(from)} and grows by a factor of ${number(factor)} up to ${say(to)} until the objectives are not met 2 of 3 times; by halves downwards where the first step fails`,
    `each step takes ${each}`,
    `then between the last that passed and the first that failed, until they are ${percent(precision)} apart or cannot be told apart`,
    `holds what it found for ${duration(hold)}`,
    `at most ${number(Math.floor(budget.duration / (phases.settle + phases.measure)))} steps`,
  ];
}

function thinkInWords(think: Think): string {
  switch (think.kind) {
    case 'fixed':
      return duration(think.for);
    case 'uniform':
      return `${duration(think.from)} to ${duration(think.to)}`;
    case 'exponential':
      return `${duration(think.mean)} on average, exponentially spread,`;
    case 'lognormal':
      return `${duration(think.mean)} ± ${duration(think.deviation)}, lognormally spread,`;
  }
}
