import type { Report } from '../model/report.ts';
import { headline } from './headline.ts';
import { limitLines } from './limit-lines.ts';
import { loadSteps } from './load-steps.ts';
import { code, escaped, markdownTable } from './markdown-text.ts';
import { nameOf } from './naming.ts';
import { type Ranking, ranking } from './ranking.ts';
import { remarksOf } from './remarks-of.ts';
import { requestRows } from './request-rows.ts';
import { ruledOut } from './ruled-out.ts';

/** A report for merge requests, tickets and chats that read GitHub's Markdown. */
export function markdown(report: Report): string {
  const ranks = ranking(report);
  const sections = [
    `## ${escaped(`${report.run.target}: ${report.verdict.sentence}`)}`,
    list(report.verdict.because),
    markdownTable(
      ['', ''],
      headline(report).map((fact) => [`**${fact.label}**`, escaped(fact.text)]),
    ),
    section('Load', steps(report)),
    requests(report),
    section('Resources', resources(ranks)),
    section('Ruled out', list(ruledOut(ranks.rows))),
    section('Configured limits', list(limitLines(report))),
    section('Blind spots', list(report.blind.map((spot) => `${nameOf(spot)}: ${spot.why}. To see it: ${spot.cure}.`))),
    section('Notes', list(remarksOf(report))),
    evidence(ranks),
    `<sub>run ${code(report.run.id)}, ${report.run.kind}, ${escaped(report.run.from)} to ${escaped(report.run.to)}, Plimsoll ${escaped(report.version)}, configuration ${code(report.config)}</sub>`,
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

const section = (title: string, body: string): string => (body === '' ? '' : `### ${title}\n\n${body}`);

const list = (texts: readonly string[]): string => texts.map((text) => `- ${escaped(text)}`).join('\n');

const stepColumns = ['offered', 'good', 'p50', 'p95', 'p99', 'errors', 'in flight'];

function steps(report: Report): string {
  const rows = loadSteps(report).map((row) => [
    row.offered,
    row.isWell ? row.goodput : `**${row.goodput}**`,
    row.p50,
    row.p95,
    row.p99,
    row.errors,
    row.inFlight,
    escaped(row.remark),
  ]);
  return rows.length === 0 ? '' : markdownTable([...stepColumns, ''], rows, stepColumns);
}

const requestColumns = ['offered', 'p50', 'p95', 'p99', 'errors'];

function requests(report: Report): string {
  const { title, rows } = requestRows(report);
  if (rows.length === 0) return '';
  const cells = rows.map((row) => [
    escaped(row.name),
    row.offered,
    row.p50,
    row.p95,
    row.p99,
    row.errors,
    escaped(row.which),
    row.trace === '' ? '' : code(row.trace),
  ]);
  return section(title, markdownTable(['request', ...requestColumns, '', 'slowest trace'], cells, requestColumns));
}

function resources({ heading, rows }: Ranking): string {
  if (rows.length === 0) return '';
  return markdownTable(
    ['state', 'resource', heading, 'peak', 'saturates at', 'carries'],
    rows.map(({ resource, name, left, peak, onset, capacity }) => [
      resource.state === 'root' ? '**root**' : resource.state,
      escaped(name),
      left === undefined ? '' : left.text,
      escaped(peak),
      onset,
      capacity,
    ]),
    [heading],
  );
}

function evidence({ rows }: Ranking): string {
  const proofs = rows.flatMap(({ name, resource }) =>
    resource.evidence.map(
      ({ text, source, promql }) => `- ${escaped(`${name}: ${text}`)} (${escaped(source)})  \n  ${code(promql)}`,
    ),
  );
  if (proofs.length === 0) return '';
  return `<details><summary>Evidence: ${proofs.length} readings with their PromQL</summary>\n\n${proofs.join('\n')}\n\n</details>`;
}
