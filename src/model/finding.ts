import type { BlindSpot } from './blind-spot.ts';
import type { Evidence } from './evidence.ts';
import type { Interval } from './interval.ts';
import type { Labels } from './labels.ts';
import type { Note } from './note.ts';
import type { Resource } from './resource.ts';
import type { Aside } from './sheet.ts';
import type { Epoch, PerSecond, Ratio, Seconds } from './units.ts';

/**
 * What became of a resource. root: saturated with nothing saturated below it on which it waits; symptom: fills because of what it waits for;
 * busy: full without waiting; starved: its workers were kept from running; bystander: saturated, but not by this load; free; blind: not enough readings.
 */
export type ResourceState = 'root' | 'symptom' | 'busy' | 'starved' | 'bystander' | 'free' | 'blind';

/** The load, between two windows, at which a resource became saturated, and when. */
export type Onset = {
  readonly above: PerSecond | undefined;
  readonly upTo: PerSecond;
  readonly time: Epoch;
  readonly probability: Ratio;
};

/** A number from a row of the sheet, with the window it was read in. */
export type Proof = {
  readonly text: string;
  readonly row: number;
  readonly evidence: Evidence;
};

/** What one request costs a resource: seconds of it per request (a leaf), or how long it is held (a hold). */
export type Demand = {
  readonly perRequest: Interval;
  readonly background: number;
  readonly method: 'utilisation-law' | 'hold-time';
};

/** The load that a resource alone would carry. */
export type OwnCapacity = {
  readonly rate: Interval;
  readonly provenance: 'reached' | 'extrapolated' | 'upper-bound';
  /** How far beyond the highest load seen it lies: 1 is not at all. */
  readonly extrapolation: number;
  /** Where the line would end if it went on: too far away to claim, good enough to say what is expected next. */
  readonly indicative?: number;
  /** How full it may be, on average, where goodput stops following before it is full because too many answers would come after their time-out. */
  readonly inTime?: number;
  /** How long an operation takes alone (s), where a device does one after the other and ends where these take all of the time. */
  readonly oneByOne?: number;
};

/**
 * Units that are taken and not given back: so many a second whatever the load, or so many for each request; neither where a time-out takes them back in the end.
 * How many of those in use no work explains, and when it is full if that goes on; `fullAfter` how long that takes from a restart that empties it, where such were seen.
 */
export type Leak = {
  readonly perSecond?: Interval & { readonly kind: 'interval' };
  readonly perRequest?: Interval & { readonly kind: 'interval' };
  readonly unexplained: number;
  readonly fillsIn: Seconds | undefined;
  readonly fullAfter?: Seconds;
};

/** What was found out about one resource. */
export type ResourceFinding = {
  readonly resource: Resource;
  readonly at: Labels;
  readonly state: ResourceState;
  /** Highest share of its ceiling in any window that counts; undefined where no ceiling is known. */
  readonly peak:
    | { readonly usage: number; readonly ceiling: number | undefined; readonly ratio: Ratio | undefined }
    | undefined;
  /** Usage ÷ ceiling in the fullest twentieth of the time of any window, where that is known. */
  readonly moments?: number;
  /** Usage ÷ ceiling over load, one point a window; undefined where there was no reading. */
  readonly curve: readonly (number | undefined)[];
  readonly onset: Onset | undefined;
  readonly demand: Demand | undefined;
  readonly capacity: OwnCapacity | undefined;
  readonly leak: Leak | undefined;
  readonly proofs: readonly Proof[];
  /** For a symptom: what it waits for. */
  readonly because: string | undefined;
  /** A symptom whose work comes of the misses of a cache: if that was not first, this was. */
  readonly isFed?: boolean;
};

/** What binds a capacity: that goodput follows no further, that an objective is crossed beyond it, or that beyond it work piles up that nobody waits for. */
export const bindings = ['physical', 'objective', 'backlog'] as const;

/** The highest rate of good answers that the target sustains. */
export type Capacity = {
  readonly rate: Interval;
  readonly binds: (typeof bindings)[number];
  readonly provenance: 'reached' | 'lower-bound' | 'extrapolated';
};

/** Answers take so many times as long from a load on as at low load, and nothing that is seen makes them wait. */
export type SlowedUnseen = { readonly times: number; readonly from: PerSecond };

/** Work that piles up before a resource while goodput follows the load: from between which loads on, and by how many units a second at the highest. */
export type Backlog = {
  readonly resource: Resource;
  readonly from: { readonly above: PerSecond | undefined; readonly upTo: PerSecond };
  readonly growth: number;
  readonly at: PerSecond;
};

/** A resource that may be the answer, and how likely. */
export type Candidate = {
  readonly component: string;
  readonly resource: string;
  readonly at: Labels;
  readonly probability: Ratio;
};

/** How throughput bends: the Universal Scalability Law, or why it cannot be told. */
export type Scalability =
  | {
      readonly kind: 'fitted';
      readonly contention: Interval;
      readonly coherency: Interval;
      readonly unit: Interval;
      /** The throughput that contention alone would leave, requests a second. */
      readonly limit?: Interval;
      /** The concurrency at which throughput is highest, where the points carry a downturn. */
      readonly peak: number | undefined;
      /** Whether throughput turns down within the concurrency of the windows that kept up, beyond it, or as far as the points say not at all. */
      readonly downturn?: 'seen' | 'extrapolated' | 'not-supported';
    }
  | { readonly kind: 'not-carried'; readonly because: string };

/** Everything that the analysis makes of a sheet; the verdict is judged from it. */
export type Findings = {
  readonly resources: readonly ResourceFinding[];
  /** Root candidates with their probability, most likely first; the rest up to 1 is "not observed". */
  readonly candidates: readonly Candidate[];
  readonly unobserved: Ratio;
  /** Blind spots in the likeliest candidate's component or in anything that it waits for. */
  readonly blindBelow: readonly BlindSpot[];
  /** Whether goodput stopped following the load, and the load between whose two values it did. */
  readonly plateau: { readonly above: PerSecond | undefined; readonly upTo: PerSecond } | undefined;
  /** What of the target was away in all windows in which it did, where that is why. */
  readonly ended?: string;
  /** The load at which goodput fell behind in a window that supports no claim, where all that do lie below it, and why that one does not. */
  readonly behindUnread: { readonly load: PerSecond; readonly aside: Aside } | undefined;
  /** The first objective that was crossed. */
  readonly objective:
    | { readonly text: string; readonly above: PerSecond | undefined; readonly upTo: PerSecond }
    | undefined;
  /** Which objectives were missed in windows from which on they are not crossed for good, and in how many. */
  readonly missed?: readonly string[];
  readonly capacity: Capacity | undefined;
  /** What piles up where goodput follows the load all the same. */
  readonly backlog?: Backlog | undefined;
  /** Answers wait at the highest loads for something that nobody sees. */
  readonly slowed?: SlowedUnseen | undefined;
  /** The highest rate of good answers in a window in which the target kept up. */
  readonly carried: PerSecond | undefined;
  /** The resources that would limit once the root is lifted, lowest first. */
  readonly next: readonly { readonly component: string; readonly resource: string; readonly capacity: OwnCapacity }[];
  /** Expected first where nothing saturated. */
  readonly expected: readonly Candidate[];
  /** The deepest saturated resource is held longer by something that nothing shows. */
  readonly heldByBlind: { readonly component: string; readonly resource: string; readonly text: string } | undefined;
  readonly scalability: Scalability;
  readonly blind: readonly BlindSpot[];
  readonly notes: readonly Note[];
};
