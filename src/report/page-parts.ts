import type { Chart, Mark } from './chart.ts';
import { type Markup, markup } from './markup.ts';
import type { Tone } from './paint.ts';

/** A heading with what belongs under it; nothing where there is nothing. */
export function section(title: string, body: readonly Markup[]): Markup | undefined {
  return body.length === 0 ? undefined : markup`<section><h2>${title}</h2>\n${body}</section>`;
}

/** A list of texts, or nothing. */
export function list(texts: readonly string[]): readonly Markup[] {
  return texts.length === 0 ? [] : [markup`<ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>`];
}

type Range = { readonly low: number; readonly high: number; readonly text: string };

/** A bar from 0 to 1: full up to what is sure, pale up to what can be, and its words. */
export function meter({ low, high, text }: Range, tone: Tone): Markup {
  const percentOf = (share: number) => Number((share * 100).toFixed(2));
  return markup`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="fill-track" width="100" height="10"/><rect class="fill-${tone} pale" width="${percentOf(high)}" height="10"/><rect class="fill-${tone}" width="${percentOf(low)}" height="10"/></svg>${text}`;
}

/** A short piece of the line that stands for something in a chart. */
export function swatch(tone: string, dash: readonly number[]): Markup {
  return markup`<svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><line class="pen pen-${tone}" x1="0" y1="4" x2="22" y2="4" stroke-dasharray="${dash.join(' ')}"/></svg>`;
}

/** What the marks in the charts mean. */
export function key(marks: readonly Mark[]): Markup {
  return markup`<ul class="key">${marks.map((mark) => markup`<li>${sign(mark)}${mark.text}</li>`)}</ul>`;
}

/** Places for charts, two side by side; the last of an odd number is wide. */
export function figures(charts: readonly Chart[]): Markup {
  return markup`<div class="charts">${charts.map((chart, index) => figure(chart, index === charts.length - 1 && charts.length % 2 === 1))}</div>`;
}

/** A place for a chart. Without scripts it says where the numbers are. */
function figure({ id, title, y }: Chart, isWide: boolean): Markup {
  return markup`<figure class="chart${isWide ? ' wide' : ''}"><h3>${title}</h3>
<div class="plot" id="${id}" data-wide="${isWide ? 'yes' : 'no'}" role="img" aria-label="${title}: ${y.label} over load"><noscript>The chart needs JavaScript; the tables below hold the same numbers.</noscript></div></figure>`;
}

function sign({ from, to, tone }: Mark): Markup {
  if (to > from)
    return markup`<svg width="16" height="11" aria-hidden="true"><rect class="fill-${tone}" opacity="0.28" width="16" height="11"/></svg>`;
  return markup`<svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><line class="pen pen-${tone}" x1="0" y1="4" x2="22" y2="4" stroke-dasharray="5 3"/></svg>`;
}
