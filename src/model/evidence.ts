import type { Role } from './resource.ts';

/** Where a reading came from, so that a reader can repeat it. */
export type Evidence = {
  readonly role: Role;
  /** The pack and which of its variants matched, as in "pgbouncer: Go >= 0.11". */
  readonly source: string;
  /** The PromQL that gives the same number. */
  readonly promql: string;
  /** How a value is told where it is not a number that waits or is refused a second, as in "$seconds an operation". */
  readonly reads?: string;
};
