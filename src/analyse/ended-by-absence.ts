import type { Judged } from './roots/judged.ts';
import type { View } from './seen/view.ts';

/**
 * What of the target was away in each window from the plateau on that fell behind: started anew, or gone. Then goodput stopped for that, and not at a rate: where nothing is saturated, what more
 * would be carried is not known. Undefined where a window fell behind without it, or something saturated.
 */
export function endedByAbsence(
  { windows }: View,
  overloaded: readonly boolean[],
  plateau: number | undefined,
  judged: readonly Judged[],
): string | undefined {
  if (plateau === undefined || judged.some(({ standing }) => standing.kind === 'root')) return undefined;
  const behind = windows.filter((_, i) => i >= plateau && overloaded[i] === true);
  const texts = behind.flatMap(({ away }) => away ?? []);
  return texts.length === 0 || texts.length < behind.length ? undefined : [...new Set(texts)].join('; ');
}
