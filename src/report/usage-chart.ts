import { number, percent } from '../model/in-words.ts';
import type { Report } from '../model/report.ts';
import type { Paint } from './paint.ts';
import type { Ranked } from './ranking.ts';
import { shortened } from './text-lines.ts';
import { tones } from './tones.ts';

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const most = 6;
/** Names take at most this share of the line. */
const nameShare = 0.43;
const peakWidth = 8;

/** The share in use of the fullest resources in every window, as blocks over rising load; `·` where there was no reading. */
export function usageChart(
  report: Report,
  ranked: readonly Ranked[],
  look: { width: number; paint: Paint },
): readonly string[] {
  const shown = fullest(ranked);
  const names = Math.min(Math.floor(nameShare * look.width), Math.max(0, ...shown.map(({ name }) => name.length)));
  const bins = binned(report.sheet.windows, look.width - names - peakWidth - 2);
  if (shown.length === 0 || bins.length === 0) return [];
  const cell = Math.min(6, Math.floor((look.width - names - peakWidth - 2) / bins.length));
  return [
    ...shown.map(({ name, resource }) => {
      const shares = bins.map((bin) => highest(bin.map(({ index }) => resource.curve[index] ?? null)));
      const line = shares
        .map((share) =>
          block(share)
            .repeat(Math.max(1, cell - 1))
            .padEnd(cell),
        )
        .join('');
      const peak = highest(resource.curve);
      return `${shortened(name, names).padEnd(names)}  ${look.paint(line, tones[resource.state])} ${peak === null ? '' : percent(peak)}`;
    }),
    look.paint(`${' '.repeat(names + 2)}${axis(bins, cell)} requests/s`, 'faint'),
  ];
}

/** What was root, and of the others those that came nearest to their ceilings, in the order of their rank. */
function fullest(ranked: readonly Ranked[]): readonly Ranked[] {
  const drawn = ranked.filter(({ resource }) => resource.curve.some((share) => share !== null));
  const weight = ({ resource }: Ranked) => (resource.state === 'root' ? 2 : 0) + (highest(resource.curve) ?? 0);
  const kept = drawn.toSorted((a, b) => weight(b) - weight(a)).slice(0, most);
  return drawn.filter((one) => kept.includes(one));
}

type Bin = readonly { readonly index: number; readonly load: number }[];

/** Windows by rising load, in at most `columns` groups of neighbours. */
function binned(windows: Report['sheet']['windows'], columns: number): readonly Bin[] {
  const sorted = windows.map(({ load }, index) => ({ index, load })).sort((a, b) => a.load - b.load);
  const size = Math.max(1, Math.ceil(sorted.length / Math.max(1, columns)));
  return Array.from({ length: Math.ceil(sorted.length / size) }, (_, bin) =>
    sorted.slice(bin * size, (bin + 1) * size),
  );
}

function highest(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((share) => share !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function block(share: number | null): string {
  if (share === null) return '·';
  return blocks[Math.min(7, Math.max(0, Math.ceil(share * 8) - 1))] ?? '·';
}

/** The load under every block where there is room for it, else under the first and the last. */
function axis(bins: readonly Bin[], cell: number): string {
  const loads = bins.map((bin) => number(bin.at(-1)?.load ?? 0));
  if (loads.every((load) => load.length < cell))
    return loads
      .map((load) => load.padEnd(cell))
      .join('')
      .trimEnd();
  const [first = '', last = ''] = [loads[0], loads.at(-1)];
  return `${first}${last.padStart(Math.max(last.length + 1, bins.length * cell - first.length))}`;
}
