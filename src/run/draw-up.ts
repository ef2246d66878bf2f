import { headroomOf } from '../analyse/capacity/headroom.ts';
import { rulesOf, toldOf } from '../analyse/capacity/objective.ts';
import { viewOf } from '../analyse/seen/view.ts';
import type { Candidate, Findings, OwnCapacity, ResourceFinding } from '../model/finding.ts';
import type { Headroom } from '../model/headroom.ts';
import { duration } from '../model/in-words.ts';
import type { Limit } from '../model/limit.ts';
import type { GeneratorHealth, LoadRecord, LoadWindow, RequestRecord, StepRecord } from '../model/load-record.ts';
import { isUrgent } from '../model/note.ts';
import type { Order } from '../model/order.ts';
import { numberOf } from '../model/reading.ts';
import type { Report } from '../model/report.ts';
import type { Sheet } from '../model/sheet.ts';
import type { Epoch } from '../model/units.ts';
import type { Verdict } from '../model/verdict.ts';
import { explain } from '../verdict/explain.ts';
import { remedyOf } from '../verdict/remedy.ts';
import { currentHeadroom } from './current-headroom.ts';
import { endedEarly, evenlySpaced, restsOnSpacing } from './notes-of-load.ts';

/** Everything that a report is drawn up from. */
export type Outcome = {
  readonly order: Order;
  readonly record: LoadRecord;
  readonly sheet: Sheet;
  readonly findings: Findings;
  readonly verdict: Verdict;
  readonly limits: readonly Limit[];
};

/** Writes the outcome of a run down as a report: the same facts as plain data, with sentences. */
export function drawUp({ order, record, sheet, findings, verdict, limits }: Outcome): Report {
  const headroom = referenceHeadroom(order, findings);
  const { capacity } = findings;
  const [next] = findings.next;
  return {
    schema: 'plimsoll/report/v1',
    version: order.version,
    config: order.config,
    run: {
      id: order.run,
      target: order.target,
      kind: order.load ? 'probe' : 'observe',
      from: iso(record.span.from),
      to: iso(record.span.to),
      state: record.stopped ? 'aborted' : 'complete',
    },
    verdict: verdictPart(verdict, explain(verdict, findings, headroom)),
    capacity: capacity ? { ...capacity, fingerprint: fingerprintOf(findings) } : null,
    headroom: headroom ?? null,
    ...(order.reference.kind === 'unknown' && { unstated: order.reference.why }),
    current: currentHeadroom(order, sheet, findings) ?? null,
    next: next ? { component: next.component, resource: next.resource, capacity: next.capacity } : null,
    remedy: remedyOf(verdict, findings) ?? null,
    resources: findings.resources.map((finding) => resourcePart(finding, order)),
    limits: [...limits],
    scalability: scalabilityPart(findings),
    load: loadPart(record, sheet),
    generator: generatorPart(record, sheet),
    objectives: objectivesPart(order, sheet),
    sheet: sheetPart(sheet),
    blind: [...findings.blind],
    notes: [...new Set(notesIn({ order, record, sheet, findings }))],
  };
}

type Told = Pick<Outcome, 'order' | 'record' | 'sheet' | 'findings'>;

/** What the load came to first; that it was evenly spaced next where the answer rests on it, else last. */
function notesIn({ order, record, sheet, findings: { notes } }: Told): readonly string[] {
  const [urgent, others] = [notes.filter(isUrgent), notes.filter((note) => !isUrgent(note))].map((some) =>
    some.map(({ text }) => text),
  );
  const spacing = evenlySpaced(order);
  const first = restsOnSpacing(order);
  return [
    ...endedEarly(order, record, sheet.windows.at(-1)?.away),
    ...(urgent ?? []),
    ...(first ? spacing : []),
    ...(others ?? []),
    ...(first ? [] : spacing),
  ];
}

const iso = (time: Epoch): string => new Date(time * 1000).toISOString();

function verdictPart(verdict: Verdict, sentence: string): Report['verdict'] {
  const first = verdict.kind === 'saturated' ? verdict.first : undefined;
  const set = namedBy(verdict);
  return {
    kind: verdict.kind,
    first: first ? { component: first.component, resource: first.resource, at: first.at } : null,
    set: [...set],
    probability: verdict.kind === 'saturated' ? verdict.probability : null,
    sentence,
    because: 'because' in verdict ? [...verdict.because] : [],
  };
}

/** Whatever a verdict names, most likely first: what it is sure of, what it cannot tell apart, what is saturated and may not have been first, or what is expected. */
function namedBy(verdict: Verdict): readonly Candidate[] {
  switch (verdict.kind) {
    case 'saturated':
      return [verdict.first];
    case 'near-tie':
      return verdict.among;
    case 'unobserved-limit':
      return verdict.likely ? [verdict.likely] : [];
    case 'not-reached':
      return verdict.expected;
    default:
      return [];
  }
}

function referenceHeadroom(order: Order, findings: Findings): Headroom | undefined {
  const { reference } = order;
  if (reference.kind === 'unknown' || !findings.capacity) return undefined;
  return headroomOf(findings.capacity.rate, reference.load, reference.kind);
}

/** What the capacity holds for: every ceiling that was read. */
function fingerprintOf(findings: Findings): string {
  const ceilings = findings.resources.flatMap(({ resource, peak }) =>
    peak?.ceiling === undefined
      ? []
      : [`${resource.component}/${resource.resource}=${Number(peak.ceiling.toPrecision(6))}`],
  );
  return [...new Set(ceilings)].toSorted().join(' ');
}

function resourcePart(finding: ResourceFinding, order: Order): Report['resources'][number] {
  const { resource, peak, onset, demand, capacity } = finding;
  const { component, resource: name, kind, layer, unit } = resource;
  return {
    component,
    resource: name,
    kind,
    layer,
    unit,
    at: { ...finding.at },
    state: finding.state,
    because: finding.because ?? null,
    peak: peak ? { usage: peak.usage, ceiling: peak.ceiling ?? null, ratio: peak.ratio ?? null } : null,
    curve: finding.curve.map((share) => share ?? null),
    onset: onset
      ? {
          load: { above: onset.above ?? null, upTo: onset.upTo },
          time: iso(onset.time),
          probability: onset.probability,
        }
      : null,
    demand: demand ?? null,
    capacity: capacity ?? null,
    headroom: capacity ? (ownHeadroom(capacity, order) ?? null) : null,
    ...(finding.leak ? { leak: { ...finding.leak, fillsIn: finding.leak.fillsIn ?? null } } : {}),
    evidence: finding.proofs.map(({ text, row, evidence }) => ({
      text,
      row,
      role: evidence.role,
      source: evidence.source,
      promql: evidence.promql,
    })),
  };
}

function ownHeadroom(capacity: OwnCapacity, { reference }: Order): Headroom | undefined {
  return reference.kind === 'unknown' ? undefined : headroomOf(capacity.rate, reference.load, reference.kind);
}

function scalabilityPart({ scalability }: Findings): Report['scalability'] {
  if (scalability.kind === 'not-carried') return scalability;
  return { ...scalability, peak: scalability.peak ?? null };
}

function loadPart(record: LoadRecord, sheet: Sheet): Report['load'] {
  return {
    axis: record.axis,
    steps: record.windows.map((window, i) => stepPart(window, sheet, i)),
    stopped: record.stopped ?? null,
    ...(record.search && { search: record.search }),
    recovery: record.recovery ? recoveryInWords(record.recovery, record.windows.some(isStep)) : null,
  };
}

type Step = Report['load']['steps'][number];
type RequestPart = NonNullable<Step['requests']>[number];

function stepPart(window: LoadWindow, sheet: Sheet, i: number): Step {
  const own = isStep(window) ? window : undefined;
  return {
    from: iso(window.span.from),
    to: iso(window.span.to),
    ...(own?.users === undefined ? {} : { users: own.users }),
    offered: sheet.windows[i]?.load ?? window.offered,
    throughput: window.throughput,
    goodput: window.goodput,
    errors: window.errors,
    p50: window.latency.p50 ?? null,
    p95: pointAt(window, 0.95),
    p99: window.latency.p99 ?? null,
    quantiles: [...(window.latency.quantiles ?? [])],
    inFlight: window.inFlight?.mean ?? null,
    generator: (sheet.windows[i] ?? window).health.verdict,
    aside: sheet.windows[i]?.aside?.because ?? null,
    errorsByClass: { ...own?.errorsByClass },
    shed: { ...own?.shed },
    ...(own?.arrivals === undefined ? {} : { arrivals: own.arrivals }),
    ...(own === undefined ? {} : { requests: own.requests.map(requestPart), slowest: [...own.slowest] }),
  };
}

function requestPart(request: RequestRecord): RequestPart {
  const { name, offered, completed, good, errors, errorsByClass, latency } = request;
  return {
    name,
    offered,
    completed,
    good,
    errors,
    errorsByClass: { ...errorsByClass },
    p50: latency.p50 ?? null,
    p95: pointAt(request, 0.95),
    p99: latency.p99 ?? null,
    quantiles: [...(latency.quantiles ?? [])],
  };
}

function pointAt({ latency }: Pick<LoadWindow, 'latency'>, quantile: number): number | null {
  const range = latency.quantiles?.find((one) => one.quantile === quantile)?.range;
  return range?.kind === 'interval' ? range.value : null;
}

const isStep = (window: LoadWindow): window is StepRecord => 'errorsByClass' in window;

/** Of others' load the end is not known, only that of its overload. */
function recoveryInWords(recovery: NonNullable<LoadRecord['recovery']>, isOurs: boolean): string {
  const end = isOurs ? 'after the load ended' : 'after the overload';
  switch (recovery.kind) {
    case 'recovered':
      return `latency was back ${recovery.after <= 0 ? 'at once' : duration(recovery.after)} ${end}`;
    case 'not-recovered':
      return `latency did not come back within ${duration(recovery.watched)} ${end}: ${recovery.because}`;
    case 'untold':
      return `whether latency came back ${end} cannot be told: ${recovery.because}`;
  }
}

const severity = ['foreign', 'ok', 'suspect', 'capped', 'limited'] as const;

function generatorPart(record: LoadRecord, sheet: Sheet): Report['generator'] {
  const worst = Math.max(0, ...sheet.windows.map(({ health }) => severity.indexOf(health.verdict)));
  const verdict = severity[worst] ?? 'ok';
  const because = sheet.windows
    .filter(({ health }) => health.verdict === verdict)
    .flatMap(({ health }) => health.because);
  const steps = record.windows.filter(isStep).map(({ health }) => healthPart(health));
  return { verdict, because: [...new Set(because)].slice(0, 5), ...(steps.length === 0 ? {} : { steps }) };
}

function healthPart(health: GeneratorHealth): NonNullable<Report['generator']['steps']>[number] {
  const { sendRatio, lagP99, loopUtilisation, threadCpu, throttled, localErrors, runQueue, garbage, link } = health;
  const known = { sendRatio, lagP99, loop: loopUtilisation, cpu: threadCpu, throttled, localErrors };
  return { ...known, runQueue: runQueue ?? null, garbage: garbage ?? null, link: link ?? null };
}

function objectivesPart(order: Order, sheet: Sheet): Report['objectives'] {
  const view = viewOf(sheet);
  const asides = sheet.windows.filter(({ aside }) => aside !== undefined);
  return rulesOf(order.objectives).map((rule) => {
    const { crossed, upTo, met, missed, open } = toldOf(view, rule, asides);
    const where = { upTo: upTo ?? null, met: met ?? null, missed: missed ?? null, open: open ?? null };
    return { text: rule.text, crossed, ...where };
  });
}

function sheetPart(sheet: Sheet): Report['sheet'] {
  return {
    windows: sheet.windows.map(({ span, load }) => ({ from: iso(span.from), to: iso(span.to), load })),
    rows: sheet.rows.map(({ resource, at, role, readings }) => ({
      component: resource.component,
      resource: resource.resource,
      at: { ...at },
      role,
      values: readings.map((reading) => numberOf(reading) ?? null),
      absent: readings.map((reading) => (reading.kind === 'absent' ? reading.why : null)),
    })),
  };
}
