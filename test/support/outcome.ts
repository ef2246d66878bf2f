/** Why something may be left out, and nothing else may be a reason. */
export const skipReasons = ['no root', 'no cgroup', "strangers' CPU twice"] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What became of one thing that was tried. `detail` is what a reader needs to see why. */
export type Outcome = {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
  readonly reason?: SkipReason;
};

export const passed = (name: string, detail = ''): Outcome => ({ name, result: 'passed', detail });
export const failed = (name: string, detail: string): Outcome => ({ name, result: 'failed', detail });
export const skipped = (name: string, reason: SkipReason, detail = ''): Outcome => ({
  name,
  result: 'skipped',
  detail,
  reason,
});

/** "12 passed, 0 failed, 1 skipped" */
export function countsInWords(outcomes: readonly Outcome[]): string {
  const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** One outcome as a line, a failure with its detail below. */
export function inWords({ name, result, detail, reason }: Outcome): string {
  const why = reason === undefined ? '' : ` (${reason})`;
  const below = result === 'failed' && detail !== '' ? `\n${detail.trimEnd().replace(/^/gm, '    ')}` : '';
  const beside = result !== 'failed' && detail !== '' ? `: ${detail}` : '';
  return `  ${result} ${name}${why}${beside}${below}`;
}

/** What a module of surfaces or lab may tell: outcomes, or in short whether it passed. */
export type Short = { readonly name?: string; readonly passed: boolean; readonly detail: string };
export type Told = Outcome | Short | readonly (Outcome | Short)[];

/** Whatever was told, as outcomes; what has no name of its own bears that of its module. */
export function outcomesOf(module: string, told: Told): readonly Outcome[] {
  const all: readonly (Outcome | Short)[] = 'detail' in told ? [told] : told;
  return all.map((one) => {
    if ('result' in one) return one;
    const name = one.name ?? module;
    return one.passed ? passed(name, one.detail) : failed(name, one.detail);
  });
}
