import { amount, number, rate } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import { type Markup, markup } from './markup.ts';
import type { Ranked, Ranking } from './ranking.ts';

type Proof = Ranked['resource']['evidence'][number];

/** What every claim rests on, one fold a resource: the number, where it came from, its PromQL and its readings. */
export function evidenceList(report: Report, { rows }: Ranking): readonly Markup[] {
  return rows
    .filter(({ resource }) => resource.evidence.length > 0)
    .map(({ name, resource }) => {
      const { evidence, unit } = resource;
      const count = evidence.length === 1 ? '1 reading' : `${evidence.length} readings`;
      return markup`<details><summary><b>${name}</b> <span class="count">${resource.state}, ${count}</span></summary>
${evidence.map((proof) => shown(report, proof, unit))}</details>`;
    });
}

function shown({ sheet }: Report, { text, role, source, promql, row }: Proof, unit: string): Markup {
  const told = sheet.rows[row];
  const say = (value: number) => (role === 'usage' || role === 'ceiling' ? amount(value, unit) : number(value));
  const readings = sheet.windows.map(({ load }, index) => {
    const value = told?.values[index];
    return `${rate(load)}: ${typeof value === 'number' ? say(value) : (told?.absent[index] ?? 'no reading')}`;
  });
  return markup`<div class="proof">${text} <span class="source">(${role}; ${source})</span>
<pre><code>${promql}</code></pre><div class="readings">${readings.join(' · ')}</div></div>`;
}
