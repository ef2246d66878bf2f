import type { Candidate } from './finding.ts';
import type { PerSecond, Ratio } from './units.ts';

/** What kind of limit fits where nothing observed is saturated. */
export type LimitClass =
  | 'hidden-admission-limit'
  | 'unmetered-pool'
  | 'lock'
  | 'external-dependency'
  | 'unmetered-device';

/** What a run came to. */
export type Verdict =
  | { readonly kind: 'saturated'; readonly first: Candidate; readonly probability: Ratio }
  | { readonly kind: 'near-tie'; readonly among: readonly Candidate[] }
  | {
      readonly kind: 'unobserved-limit';
      readonly notIn: readonly string[];
      /** What was read before, and hardly from where goodput stopped following. */
      readonly unread: readonly string[];
      /** What is full whatever the load is: whether it limits cannot be told. */
      readonly always: readonly string[];
      /** What had room on average and was full for moments: whether it limits then cannot be told. */
      readonly moments?: readonly string[];
      readonly fits: readonly LimitClass[];
      readonly below: string | undefined;
      /** The likeliest of what is seen, where something is saturated but not surely the first. */
      readonly likely: Candidate | undefined;
    }
  | {
      readonly kind: 'objective-limited';
      readonly objective: string;
      readonly fullest: Candidate | undefined;
      /** Saturated as it was read, which chance alone may have done: goodput followed the load. */
      readonly doubtful?: readonly Candidate[];
    }
  | {
      readonly kind: 'not-reached';
      readonly upTo: PerSecond;
      readonly expected: readonly Candidate[];
      /** Half used or more elsewhere, and hardly read at the highest loads. */
      readonly unread?: readonly string[];
      /** Saturated as it was read, which chance alone may have done: goodput followed the load. */
      readonly doubtful?: readonly Candidate[];
      /** Refuses when it is full, was full, and nobody tells what it refused. */
      readonly full?: readonly string[];
    }
  | { readonly kind: 'data-invalid' | 'generator-limited' | 'unstable-config'; readonly because: readonly string[] };

export type VerdictKind = Verdict['kind'];

/** The kinds that answer the question; the others say why there is no answer. */
export const answers: readonly VerdictKind[] = ['saturated', 'near-tie', 'objective-limited', 'not-reached'];
