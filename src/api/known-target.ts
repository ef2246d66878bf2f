import { fault } from '../faults.ts';
import type { Target } from './handed.ts';

/** The target of that name; TARGET_UNKNOWN says which names there are. */
export function knownTarget(targets: readonly Target[], name: string): Target {
  const found = targets.find((target) => target.name === name);
  if (found !== undefined) return found;
  const known = targets.map((target) => target.name).join(', ') || 'none';
  throw fault('TARGET_UNKNOWN', [name, known]);
}
