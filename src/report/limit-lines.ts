import type { Limit, LimitVerdict } from '../model/limit.ts';
import type { Report } from '../model/report.ts';
import { nameOf } from './naming.ts';

const told: Readonly<Partial<Record<LimitVerdict, string>>> = { exceeded: 'is exceeded', tight: 'is tight' };

/** The configured limits that do not go together, or hardly, one line each; the others are counted. Nothing where all of them do. */
export function limitLines({ limits }: Pick<Report, 'limits'>): readonly string[] {
  const wrong = limits.filter(({ verdict }) => told[verdict] !== undefined);
  if (wrong.length === 0) return [];
  const lines = wrong.map((limit) => `${nameOf(limit)} ${told[limit.verdict]}: ${limit.text}`);
  return [...lines, ...rest(limits.filter((limit) => !wrong.includes(limit)))];
}

/** "and 3 more fit; 1 cannot be told" */
function rest(limits: readonly Limit[]): readonly string[] {
  const open = limits.filter(({ verdict }) => verdict === 'cannot-tell').length;
  const fit = limits.length - open;
  const texts = [
    ...(fit > 0 ? [`${fit} more ${fit === 1 ? 'fits' : 'fit'}`] : []),
    ...(open > 0 ? [`of ${open} more it cannot be told`] : []),
  ];
  return texts.length === 0 ? [] : [`and ${texts.join('; ')}`];
}
