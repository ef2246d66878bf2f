import { align } from '../align/align.ts';
import { analyse } from '../analyse/analyse.ts';
import { limitsOf } from '../limits/limits.ts';
import type { Collected } from '../model/collected.ts';
import type { LoadRecord } from '../model/load-record.ts';
import type { Order } from '../model/order.ts';
import type { Report } from '../model/report.ts';
import { bounded } from '../verdict/bounded.ts';
import { judge } from '../verdict/judge.ts';
import { drawUp } from './draw-up.ts';
import { areEvenlySpaced } from './notes-of-load.ts';

/** From what was offered and what was measured to the report. Pure: scenarios, replays and benchmarks enter here. */
export function conclude(order: Order, record: LoadRecord, collected: Collected): Report {
  const sheet = align(record, collected);
  const found = analyse(sheet, {
    ...order,
    blind: collected.blind,
    twins: collected.twins,
    patience: order.load?.script.timeout,
    evenly: areEvenlySpaced(order),
  });
  const verdict = judge(sheet, found);
  const findings = bounded(found, verdict);
  const limits = limitsOf({ components: order.components, terms: collected.terms ?? [], signals: collected.signals });
  return drawUp({ order, record, sheet, findings, verdict, limits });
}
