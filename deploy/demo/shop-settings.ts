/** What the shop is told at its start. Units: seconds, bytes; ports of loopback. */
export interface ShopSettings {
  readonly port: number;
  /** One for each worker process. */
  readonly metricsPorts: readonly number[];
  readonly database: { readonly port: number; readonly password: string };
  /** Connections of all workers together. */
  readonly pool: number;
  /** How long a query keeps its connection. */
  readonly hold: number;
  /** CPU time of its own that a request costs beside what the framework takes. */
  readonly burn: number;
  /** Rows that the query reads: its work in PostgreSQL. */
  readonly rows: number;
}

/** Where the settings stand in the environment, as JSON. */
export const settingsVariable = 'SHOP_SETTINGS';

/** The part of a total that one of several workers gets; the first ones get what does not divide. */
export function shareOf(total: number, worker: number, workers: number): number {
  return Math.floor(total / workers) + (worker < total % workers ? 1 : 0);
}
