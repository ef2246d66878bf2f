import type { Findings } from '../model/finding.ts';
import { interval, percent, rate } from '../model/in-words.ts';
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
  return `${gainOf(name(verdict.first), capacity.rate.value, next)} ${protective}`;
}

/** What the next resource is known to carry, and where it would end if that lies too far away to claim. */
function gainOf(first: string, now: number, { capacity, ...next }: Findings['next'][number]): string {
  const { rate: own, indicative } = capacity;
  if (own.kind === 'at-least') {
    const end =
      indicative === undefined ? '' : `, and would end near ${rate(indicative)} if its use went on as it does`;
    return `Once ${first} is lifted, ${name(next)} is expected next: it carries ${interval(own)}${end}.`;
  }
  const more = own.kind === 'interval' && own.value > now ? `, ${percent(own.value / now - 1)} more` : '';
  return `Lifting ${first} gives at most what ${name(next)} carries: ${interval(own)}${more}.`;
}
