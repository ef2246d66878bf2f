import type { Demand, OwnCapacity } from '../../model/finding.ts';
import type { Judged } from '../roots/judged.ts';
import type { Case } from '../seen/cases.ts';

/** What a resource costs per good answer, and how much it alone would carry. */
export type Cost = { readonly demand: Demand | undefined; readonly capacity: OwnCapacity | undefined };

/** What every resource costs, given how each stands. */
export type Costing = (judged: readonly Judged[]) => ReadonlyMap<Case, Cost>;
