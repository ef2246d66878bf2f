import { number, percent, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { evidenceList } from './evidence-list.ts';
import { type Fact, headline } from './headline.ts';
import { limitLines } from './limit-lines.ts';
import { loadSteps } from './load-steps.ts';
import { type Markup, markup } from './markup.ts';
import { nameOf } from './naming.ts';
import { type Assets, page } from './page.ts';
import { figures, key, list, meter, section, swatch } from './page-parts.ts';
import { type Ranking, ranking } from './ranking.ts';
import { remarksOf } from './remarks-of.ts';
import { reportCharts } from './report-charts.ts';
import { requestRows } from './request-rows.ts';
import { ruledOut } from './ruled-out.ts';
import { glued } from './text-lines.ts';
import { tonesOfLines } from './tone-of-line.ts';
import { tones } from './tones.ts';
import { verdictTone } from './verdict-tone.ts';

/** A report as one page that works from a file, without a network, and without JavaScript except for its charts. */
export function html(report: Report, assets: Assets): string {
  const ranks = ranking(report);
  const charts = reportCharts(report, ranks);
  const pictures = charts.length === 0 ? [] : [key(charts[0]?.marks ?? []), figures(charts)];
  const sections = [
    section('Over load', pictures),
    section('Resources', resourceTable(ranks)),
    section('Load steps', stepTable(report)),
    requestTable(report),
    section('Evidence', evidenceList(report, ranks)),
    section('Share in use, in numbers', usageTable(report, ranks)),
    section('Ruled out', list(ruledOut(ranks.rows))),
    section('Blind spots', list(report.blind.map((spot) => `${nameOf(spot)}: ${spot.why}. To see it: ${spot.cure}.`))),
    section('Configured limits', list(limitLines(report))),
    section('Notes', list(remarksOf(report))),
  ];
  const body = [top(report), markup`<main>${sections.filter((each) => each !== undefined)}</main>`, foot(report)];
  return page({ title: `${report.run.target}: ${report.verdict.sentence}`, body, charts, document: report }, assets);
}

function top(report: Report): Markup {
  const { verdict, run } = report;
  const cut = run.state === 'aborted' ? markup`, <b>cut short</b>` : undefined;
  return markup`<header>
<p class="run"><b>${run.target}</b> · ${run.kind} ${run.id}${cut} · ${when(run.from)} to ${when(run.to)}</p>
<div class="verdict ${verdictTone(verdict.kind)}"><span class="kind">${verdict.kind.replace('-', ' ')}</span><h1>${glued(verdict.sentence)}</h1>${list(verdict.because)}</div>
<dl class="facts">${headline(report)
    .filter(({ label }) => label !== 'remedy')
    .map(card)}</dl>
${report.remedy === null ? undefined : markup`<p class="remedy"><b>remedy</b>${report.remedy}</p>`}
</header>`;
}

function card({ label, figure: value, detail }: Fact): Markup {
  if (value === '') return markup`<div><dt>${label}</dt><dd><span class="plain">${detail}</span></dd></div>`;
  return markup`<div><dt>${label}</dt><dd><span class="figure">${value}</span>${detail}</dd></div>`;
}

/** "2026-11-20 12:00:00 UTC"; anything else as it stands. */
function when(time: string): string {
  return time.replace(/^(\S{10})T(\S{8})(?:\.\d+)?Z$/u, '$1 $2 UTC');
}

function resourceTable(ranks: Ranking): readonly Markup[] {
  if (ranks.rows.length === 0) return [];
  const lines = tonesOfLines(ranks.rows);
  const rows = ranks.rows.map(({ resource, name, left, peak, onset, capacity }, index) => {
    const { tone, dash } = lines[index] ?? { tone: 'faint', dash: [] };
    const because = resource.because === null ? undefined : markup`<span class="because">${resource.because}</span>`;
    return markup`<tr><td><span class="state ${tones[resource.state]}-ink">${resource.state}</span></td>
<th scope="row" class="name">${resource.curve.some((point) => point !== null) ? swatch(tone, dash) : undefined}${name}${because}</th>
<td class="left" data-title="${ranks.heading}">${left === undefined ? '–' : meter(left, tones[resource.state])}</td>
<td class="whole" data-title="peak">${peak}</td><td class="whole" data-title="saturates at">${onset}</td><td data-title="carries">${capacity}</td></tr>`;
  });
  return [
    markup`<table class="stacked resources"><thead><tr><th>state</th><th>resource</th><th>${ranks.heading}</th><th>peak</th><th>saturates at</th><th>carries</th></tr></thead>
<tbody>${rows}</tbody></table>`,
  ];
}

function stepTable(report: Report): readonly Markup[] {
  const rows = loadSteps(report).map(
    (
      row,
    ) => markup`<tr><td class="number" data-title="offered">${row.offered}</td><td class="number${row.isWell ? '' : ' short'}" data-title="good">${row.goodput}</td>
<td class="number" data-title="p50">${row.p50}</td><td class="number" data-title="p95">${row.p95}</td><td class="number" data-title="p99">${row.p99}</td><td class="number" data-title="errors">${row.errors}</td>
<td class="number" data-title="in flight">${row.inFlight}</td><td class="remark">${row.remark}</td></tr>`,
  );
  if (rows.length === 0) return [];
  const titles = ['offered', 'good answers', 'p50', 'p95', 'p99', 'errors', 'in flight'];
  return [
    markup`<table class="stacked steps"><thead><tr>${titles.map((title) => markup`<th class="number">${title}</th>`)}<th></th></tr></thead>
<tbody>${rows}</tbody></table>`,
  ];
}

function requestTable(report: Report): Markup | undefined {
  const { title, rows } = requestRows(report);
  const titles = ['offered', 'p50', 'p95', 'p99', 'errors'];
  const lines = rows.map((row) => {
    const numbers = [row.offered, row.p50, row.p95, row.p99, row.errors];
    const cells = numbers.map((text, at) => markup`<td class="number" data-title="${titles[at] ?? ''}">${text}</td>`);
    const trace = row.trace === '' ? undefined : markup`<code>${row.trace}</code>`;
    return markup`<tr><th scope="row" class="name">${row.name}</th>${cells}<td class="remark">${row.which} ${trace}</td></tr>`;
  });
  if (lines.length === 0) return undefined;
  return section(title, [
    markup`<table class="stacked steps"><thead><tr><th>request</th>${titles.map((text) => markup`<th class="number">${text}</th>`)}<th>which errors, slowest trace</th></tr></thead>
<tbody>${lines}</tbody></table>`,
  ]);
}

function usageTable({ sheet }: Report, { rows }: Ranking): readonly Markup[] {
  if (sheet.windows.length === 0) return [];
  const heads = sheet.windows.map(({ load }) => markup`<th class="number">${rate(load)}</th>`);
  const lines = rows.map(({ name, resource }) => {
    const cells = sheet.windows.map((_, index) => markup`<td class="number">${share(resource.curve[index])}</td>`);
    return markup`<tr><th scope="row">${name}</th>${cells}</tr>`;
  });
  return [
    markup`<details><summary>${number(rows.length)} resources in ${number(sheet.windows.length)} windows</summary>
<div class="scroll"><table class="sheet"><thead><tr><th></th>${heads}</tr></thead><tbody>${lines}</tbody></table></div></details>`,
  ];
}

const share = (value: number | null | undefined): string => (typeof value === 'number' ? percent(value) : '–');

function foot({ version, config, capacity, schema }: Report): Markup {
  const fingerprint = capacity === null ? undefined : markup` · fingerprint <code>${capacity.fingerprint}</code>`;
  return markup`<footer>Plimsoll ${version} · configuration <code>${config}</code>${fingerprint} · this page carries its report (${schema}) in the element <code>#document</code></footer>`;
}
