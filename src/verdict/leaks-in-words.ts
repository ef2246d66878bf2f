import type { Findings, Leak, ResourceFinding } from '../model/finding.ts';
import { amount, duration, interval, number, resourceName } from '../model/in-words.ts';
import type { Resource } from '../model/resource.ts';
import { seconds } from '../model/units.ts';
import type { Verdict } from '../model/verdict.ts';

/** Why what leaks is no small limit. */
export function cause({ resource }: ResourceFinding, leak: Leak, findings: Findings): string {
  if (resource.kind !== 'space') return `That is a leak and no small limit: ${leaked(resource, leak)}.`;
  return `It fills with time and not with load: ${leaked(resource, leak)}${inStepWith(resource, findings)}.`;
}

/** What nobody limits in the same component, and grows with time too: most likely what fills it. */
function inStepWith({ component }: Resource, { resources }: Findings): string {
  const beside = resources.filter(
    ({ resource, leak, peak }) =>
      leak && resource.kind === 'space' && resource.component === component && peak?.ceiling === undefined,
  );
  const names = [...new Set(beside.map(({ resource }) => resourceName(resource)))];
  return names.length === 0 ? '' : `, in step with ${names.join(' and ')}`;
}

function leaked({ kind, unit }: Resource, { perSecond, perRequest, unexplained }: Leak): string {
  if (kind === 'space') {
    const each = perRequest ?? perSecond;
    const left = each
      ? `${amount(each.value, unit)} stay behind ${perRequest ? 'with each request' : 'each second'}, `
      : '';
    return `${left}${amount(unexplained, unit)} of what is used by then`;
  }
  const those = `${number(unexplained)} of those in use by then`;
  if (perSecond) return `at any load ${interval(perSecond)} are taken and not given back, ${those}`;
  if (perRequest) return `one in ${number(1 / perRequest.value)} requests does not give back what it took, ${those}`;
  return `${number(unexplained)} of those in use belong to no request that is inside: they were lost before, or are given back late or by a time-out`;
}

/** What fills with time, whatever is first: said, with the time that is left. */
export function leaksSentence(verdict: Verdict, findings: Findings): string {
  const first = verdict.kind === 'saturated' ? resourceName(verdict.first) : undefined;
  const told = findings.resources.flatMap(({ resource, leak }) => {
    if (!leak || resourceName(resource) === first) return [];
    if (resource.kind !== 'space') return [`${resourceName(resource)} leaks: ${leaked(resource, leak)}${left(leak)}.`];
    if (leak.fullAfter !== undefined) return [sinceRestart(resource, leak.fullAfter, findings)];
    const beside = inStepWith(resource, findings);
    const isLimited = leak.fillsIn !== undefined;
    return isLimited
      ? [`${resourceName(resource)} fills with time: ${leaked(resource, leak)}${beside}${left(leak)}.`]
      : [];
  });
  return [...new Set(told)].join(' ');
}

/** Of the instances of what each restart empties the one that is full soonest. */
function sinceRestart(resource: Resource, fullAfter: number, { resources }: Findings): string {
  const alike = resources.flatMap(({ resource: other, leak }) =>
    resourceName(other) === resourceName(resource) && leak?.fullAfter !== undefined ? [leak] : [],
  );
  const [soonest] = alike.toSorted((a, b) => (a.fillsIn ?? 0) - (b.fillsIn ?? 0));
  const rate = soonest?.perRequest ?? soonest?.perSecond;
  const [how, of] = soonest?.perRequest
    ? ['with each request', 'the requests since it was emptied']
    : ['each second', 'time'];
  const each = rate ? `: ${amount(rate.value, resource.unit)} stay behind ${how}` : '';
  const which = alike.length > 1 ? ` the first of ${alike.length} instances that do is full` : ' it is full';
  const after = Math.max(...alike.map((one) => one.fullAfter ?? 0), fullAfter);
  return `${resourceName(resource)} fills with ${of} and not with load${each} until a restart or something else empties it, so it is full about ${duration(seconds(after))} after that;${which} in ${duration(seconds(soonest?.fillsIn ?? 0))}.`;
}

function left({ fillsIn }: Leak): string {
  if (fillsIn === undefined) return '';
  return fillsIn > 0 ? `; so it is full in ${duration(fillsIn)}` : '; then it is full';
}
