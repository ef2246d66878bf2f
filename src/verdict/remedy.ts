import type { Findings } from '../model/finding.ts';
import { interval, percent } from '../model/in-words.ts';
import type { Verdict } from '../model/verdict.ts';
import { name } from './explain.ts';

/** What lifting the first resource would give, from the own capacities of the others; and that a limit may protect what lies behind it. */
export function remedyOf(verdict: Verdict, findings: Findings): string | undefined {
  if (verdict.kind !== 'saturated') return undefined;
  const { capacity } = findings;
  if (capacity?.rate.kind !== 'interval') return undefined;
  const [next] = findings.next;
  const protective = 'A limit can be protective: raise it in steps and measure again.';
  if (!next)
    return `What lifting ${name(verdict.first)} gives cannot be told: no other resource shows where it ends. ${protective}`;
  const rate = next.capacity.rate;
  const gain = rate.kind === 'interval' ? rate.value / capacity.rate.value - 1 : undefined;
  const about = gain === undefined || gain <= 0 ? '' : `, about ${percent(gain)} more`;
  return `Lifting ${name(verdict.first)} gives at most what ${name(next)} carries: ${interval(rate)}${about}. ${protective}`;
}
