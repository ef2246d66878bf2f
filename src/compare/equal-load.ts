import type { Report } from '../model/report.ts';
import { latencyCurve } from './latency-curve.ts';

/** The highest load that lies inside what every run was loaded with and kept up with; undefined where there is none. */
export function equalLoad(reports: readonly Report[]): number | undefined {
  const axes = new Set(reports.map((report) => report.load.axis));
  const ranges = reports.map((report) => latencyCurve(report, 0.99).map((point) => point.load));
  if (axes.size !== 1 || ranges.some((loads) => loads.length === 0)) return undefined;
  const top = Math.min(...ranges.map((loads) => Math.max(...loads)));
  return ranges.every((loads) => Math.min(...loads) <= top) ? top : undefined;
}
