import type { Comparison, Difference } from '../model/comparison.ts';
import type { Interval } from '../model/interval.ts';
import { comparisonCharts } from './comparison-charts.ts';
import { comparisonGroups } from './comparison-groups.ts';
import { comparisonColumns, differenceRows, findingWords, runRows } from './comparison-rows.ts';
import { type Markup, markup } from './markup.ts';
import { type Assets, page } from './page.ts';
import { figures, list, section } from './page-parts.ts';
import { glued } from './text-lines.ts';
import { verdictTone } from './verdict-tone.ts';

/** A comparison as one page that works from a file, without a network, and without JavaScript except for its charts. */
export function comparisonHtml(comparison: Comparison, assets: Assets): string {
  const charts = comparisonCharts(comparison);
  const sections = [
    section('Differences', differenceTable(comparison)),
    section('Over load', charts.length === 0 ? [] : [figures(charts)]),
    section('Runs', runTable(comparison)),
  ];
  const body = [
    markup`<header><p class="run">comparison of ${comparison.reports.length} runs</p>
<div class="verdict neutral"><h1>${glued(comparison.sentence)}</h1></div></header>`,
    markup`<main>${sections.filter((each) => each !== undefined)}</main>`,
    markup`<footer>this page carries its comparison (${comparison.schema}) in the element <code>#document</code></footer>`,
  ];
  return page({ title: comparison.sentence, body, charts, document: comparison }, assets);
}

function runTable(comparison: Comparison): readonly Markup[] {
  const rows = runRows(comparison).map(
    (
      row,
    ) => markup`<tr><th scope="row" class="name">${row.name}</th><td><span class="state ${verdictTone(row.verdict)}-ink">${row.verdict.replaceAll('-', ' ')}</span></td>
<td data-title="first saturated">${row.first}</td><td data-title="capacity">${row.capacity}</td><td data-title="carries">${row.headroom}</td><td>${row.sentence}</td><td data-title="run"><code>${row.id}</code></td></tr>`,
  );
  return [
    markup`<table class="stacked resources"><thead><tr><th>run</th><th>verdict</th><th>first saturated</th><th>capacity</th><th>carries</th><th></th><th>id</th></tr></thead><tbody>${rows}</tbody></table>`,
  ];
}

function differenceTable(comparison: Comparison): readonly Markup[] {
  const rows = differenceRows(comparison);
  if (rows.length === 0) return [];
  const names = comparisonColumns(comparison).map(({ name }) => name);
  const hasEffects = rows.some(({ effect }) => effect !== '');
  const lines = rows.map(({ word, finding, what, values, ratio, effect }, index) => {
    const cells = values.map((value, at) => markup`<td class="number" data-title="${names[at] ?? ''}">${value}</td>`);
    const drawn = comparison.differences[index]?.ratio ?? null;
    return markup`<tr><td><span class="state ${inks[finding]}">${word}</span></td><th scope="row" class="name">${what}</th>${cells}<td class="left" data-title="ratio">${drawn === null ? undefined : forest(drawn)}${ratio}</td>${hasEffects ? markup`<td class="left" data-title="effect">${effect}</td>` : undefined}</tr>`;
  });
  return [
    markup`<table class="stacked resources"><thead><tr><th></th><th></th>${names.map((name) => markup`<th class="number">${name}</th>`)}<th>ratio</th>${hasEffects ? markup`<th>effect</th>` : undefined}</tr></thead><tbody>${lines}</tbody></table>`,
    ...comparisonGroups(comparison).flatMap(({ title, lines: told }) => [
      markup`<h3>${title}</h3>`,
      ...list(told.map(({ finding, text }) => `${findingWords[finding].sign} ${text}`)),
    ]),
  ];
}

const inks = {
  higher: 'whole',
  changed: 'whole',
  lower: 'whole',
  equivalent: 'faint-ink',
  'cannot-tell': 'warn-ink',
} as const satisfies Record<Difference['finding'], string>;

const widest = 4;

/** A ratio and its interval on a logarithmic scale from a quarter to four times, with a line at "the same". */
function forest(ratio: Interval): Markup {
  const place = (value: number) =>
    Number((50 + (50 * Math.log(Math.min(widest, Math.max(1 / widest, value)))) / Math.log(widest)).toFixed(2));
  const low = place(ratio.kind === 'at-most' ? 1 / widest : ratio.low);
  const high = place(ratio.kind === 'at-least' ? widest : ratio.high);
  const point =
    ratio.kind === 'interval'
      ? markup`<rect class="fill-ink" x="${place(ratio.value) - 1.5}" y="1" width="3" height="8"/>`
      : undefined;
  return markup`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="fill-track" width="100" height="10"/><rect class="fill-faint" x="49.5" width="1" height="10"/><rect class="fill-range" x="${low}" y="4" width="${high - low}" height="2"/>${point}</svg>`;
}
