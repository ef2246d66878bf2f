import type { Demand, OwnCapacity } from '../model/finding.ts';
import type { Case } from './cases.ts';
import type { Judged } from './judged.ts';

/** What a resource costs per good answer, and how much it alone would carry. */
export type Cost = { readonly demand: Demand | undefined; readonly capacity: OwnCapacity | undefined };

/** What every resource costs, given how each stands. */
export type Costing = (judged: readonly Judged[]) => ReadonlyMap<Case, Cost>;
