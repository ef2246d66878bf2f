import type { Collected } from '../../../src/model/collected.ts';
import type { LoadRecord } from '../../../src/model/load-record.ts';
import type { Order } from '../../../src/model/order.ts';
import type { Report } from '../../../src/model/report.ts';
import type { SampleSeries } from '../../../src/model/signal.ts';
import type { World } from '../world.ts';

/** What the production path made of a world: what it was given, and what it says. `series` are all samples that a Prometheus would hold. */
export type Judged = {
  readonly report: Report;
  readonly order: Order;
  readonly record: LoadRecord;
  readonly collected: Collected;
  readonly series: readonly SampleSeries[];
};

/** Loads a world (or lets its own traffic pass), scrapes it meanwhile, and judges it by the production path. `repetition` draws other numbers for the same world. */
export async function judgeWorld(world: World, repetition = 0): Promise<Judged> {
  throw new Error(`${world.name} ${repetition}: nothing is judged yet`);
}
