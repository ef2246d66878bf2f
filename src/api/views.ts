import type { Report } from '../model/report.ts';
import type { Run } from '../model/run-state.ts';
import type { Epoch } from '../model/units.ts';
import type { Target } from './handed.ts';
import type { HeadroomView, RunView, TargetView } from './schemas.ts';

const path = '/api/v1';
const written = (time: Epoch): string => new Date(time * 1000).toISOString();

export const hrefOfRun = (id: string): string => `${path}/runs/${encodeURIComponent(id)}`;
export const hrefOfReport = (id: string): string => `${hrefOfRun(id)}/report`;
export const hrefOfHeadroom = (target: string): string => `${path}/targets/${encodeURIComponent(target)}/headroom`;

/** A run as the API shows it. */
export function runView({ started, ended, why, ...run }: Run): RunView {
  return {
    id: run.id,
    target: run.target,
    kind: run.kind,
    state: run.state,
    started: written(started),
    ended: ended === undefined ? null : written(ended),
    why: why ?? null,
    stopRequested: run.stopRequested,
    href: hrefOfRun(run.id),
    report: run.state === 'complete' ? hrefOfReport(run.id) : null,
  };
}

/** A target as the API shows it, with its newest complete report. */
export function targetView({ name, components, caps, watch }: Target, latest: Report | undefined): TargetView {
  const { observe = null, probe = null } = watch;
  return {
    name,
    components: [...components],
    limits: caps === undefined ? null : { ...caps },
    watch: { observe, probe },
    latest: latest === undefined ? null : toldIn(latest),
    headroom: hrefOfHeadroom(name),
  };
}

function toldIn({ run, verdict }: Report): TargetView['latest'] {
  return {
    run: run.id,
    to: run.to,
    verdict: verdict.kind,
    sentence: verdict.sentence,
    report: hrefOfReport(run.id),
  };
}

/** The headroom that a report tells; `latest` is the newest complete report, which may be one without an answer. */
export function headroomView(report: Report, latest: Report): HeadroomView {
  const { run, verdict, capacity, headroom, current, next, remedy } = report;
  const later = { run: latest.run.id, verdict: latest.verdict.kind, sentence: latest.verdict.sentence };
  return {
    target: run.target,
    ...{ run, verdict, capacity, headroom, current, next, remedy },
    later: latest.run.id === run.id ? null : later,
    report: hrefOfReport(run.id),
  };
}
