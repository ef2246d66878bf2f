/**
 * A simulated system as plain data: JSON in, JSON out. Times in seconds, rates a second, sizes in base units (cores, bytes, connections).
 * The text of a world is what its truth is kept under, so nothing in it may depend on when or where it is run.
 */
export type World = {
  /** Number in the list of families (analysis, 5.1), what it is called, and the seed that drew it. */
  readonly family: number;
  readonly name: string;
  readonly seed: number;
  readonly parts: readonly Part[];
  readonly classes: readonly RequestClass[];
  readonly load: Load;
  readonly happenings: readonly Happening[];
  readonly seen: Seen;
};

/** What a part is made of decides which exporters speak for it, and under which names. `external` has none. */
export type Technology = 'node' | 'node-service' | 'service' | 'postgres' | 'pgbouncer' | 'redis' | 'external';

/** One component of the target. */
export type Part = {
  readonly name: string;
  readonly technology: Technology;
  /** Instances at the start. */
  readonly replicas: number;
  /** Share of the requests that each instance gets; empty: all alike. */
  readonly balance: readonly number[];
  /** The node part whose CPU it runs on. */
  readonly on: string | undefined;
  /** What the configuration declares that it waits for. */
  readonly calls: readonly string[];
  readonly resources: readonly Resource[];
};

/** One resource of every instance of a part. Its `id` is unique within the part. */
export type Resource =
  /** Processor sharing, one core a piece of work at most. On a node: the machine. With SMT `cores` are hardware threads, and from `physical` on another one adds only `gain`. */
  | {
      readonly kind: 'cpu';
      readonly id: string;
      readonly cores: number;
      readonly smt?: { readonly physical: number; readonly gain: number };
    }
  /** CPU time of one instance, handed out by periods (CFS bandwidth); it runs on the CPU of the node below. */
  | { readonly kind: 'quota'; readonly id: string; readonly cores: number; readonly period: number }
  /** Workers of an instance; each works on one thing at a time. `threads` 1 is an event loop. `queue`: how many may wait before one is refused; absent: any number. */
  | { readonly kind: 'workers'; readonly id: string; readonly threads: number; readonly queue?: number }
  /**
   * Units that are kept while something else works. `queue`: how many may wait (0: refused at once); `patience`: how long, before it counts as refused.
   * `linger`: a unit stays taken for so long after it was given back (ports). `leak`: the chance that a unit is not given back, and `reclaim`, after which it is.
   * `crowding`: CPU work and pauses inside take 1 + crowding × (units in use − 1) times as long. `shared`: one for all instances of the part.
   */
  | {
      readonly kind: 'pool';
      readonly id: string;
      readonly size: number;
      readonly queue: number;
      readonly patience: number | undefined;
      readonly linger?: number;
      readonly leak?: { readonly chance: number; readonly reclaim: number | undefined };
      readonly crowding?: number;
      readonly shared?: boolean;
      /** Units that others hold. */
      readonly others?: number;
    }
  /** One at a time; `crowding` as in a pool, by how many wait. `rows`: how many of them there are, drawn evenly. */
  | { readonly kind: 'lock'; readonly id: string; readonly rows: number; readonly crowding?: number }
  /** A device: `depth` operations at once, each `latency` long; at most `operations` and `bytes` a second. `burst`: credits (operations) that let it run at `fast`, until they are used up. */
  | {
      readonly kind: 'disk';
      readonly id: string;
      readonly depth: number;
      readonly latency: number;
      readonly operations: number;
      readonly bytes: number;
      readonly burst?: { readonly credits: number; readonly fast: number };
    }
  /** A line: bytes one after the other. */
  | { readonly kind: 'link'; readonly id: string; readonly bytes: number }
  /**
   * Bytes: `base`, `each` for each request inside, `leak` left behind by each request. When full: the instance is killed and comes back after `restart`.
   * A request is inside the front part from beginning to end, elsewhere while it works, waits or holds something there.
   */
  | {
      readonly kind: 'memory';
      readonly id: string;
      readonly limit: number;
      readonly base: number;
      readonly each: number;
      readonly leak: number;
      readonly restart: number;
    }
  /** A collected heap: work on CPU costs 1 ÷ (1 − share) as much, share = cost ÷ (1 − live ÷ heap), live = base + each × requests inside. */
  | {
      readonly kind: 'heap';
      readonly id: string;
      readonly heap: number;
      readonly base: number;
      readonly each: number;
      readonly cost: number;
    }
  /** Entries that fit and entries that are asked for: hit ratio = (size ÷ entries)^skew at most 1; `warm`: seconds until it is full after a start. */
  | {
      readonly kind: 'cache';
      readonly id: string;
      readonly size: number;
      readonly entries: number;
      readonly skew: number;
      readonly warm: number;
      readonly each: number;
    }
  /** Admits so many a second and refuses the rest. */
  | { readonly kind: 'rate-limit'; readonly id: string; readonly rate: number; readonly burst: number }
  /** Instances follow mean CPU use of their quota: at least `least`, at most `most`, `delay` after it is seen. `room`: how many fit on the nodes. */
  | {
      readonly kind: 'autoscaler';
      readonly id: string;
      readonly least: number;
      readonly most: number;
      readonly target: number;
      readonly delay: number;
      readonly room: number;
    };

/** Where a resource is. */
export type Ref = { readonly part: string; readonly id: string };

/** What one request does, in order. `cv` is the coefficient of variation of a time: 0 fixed, 1 exponential, else gamma. */
export type Act =
  | { readonly do: 'cpu'; readonly part: string; readonly seconds: number; readonly cv: number }
  /** Time that passes without work of ours: a remote system, a sleep. */
  | { readonly do: 'pause'; readonly seconds: number; readonly cv: number }
  | { readonly do: 'disk'; readonly of: Ref; readonly operations: number; readonly bytes: number }
  | { readonly do: 'send'; readonly of: Ref; readonly bytes: number }
  /** Takes a unit of a pool, a worker or a lock, keeps it while the acts within are done, and gives it back. */
  | { readonly do: 'hold'; readonly of: Ref; readonly within: readonly Act[] }
  | { readonly do: 'pass'; readonly of: Ref }
  | { readonly do: 'look-up'; readonly of: Ref; readonly hit: readonly Act[]; readonly miss: readonly Act[] }
  /** Gives up after `timeout`, and tries again up to `attempts` times in all, `backoff` apart. What was begun goes on where it cannot be called back (CPU, disk). */
  | {
      readonly do: 'try';
      readonly within: readonly Act[];
      readonly timeout: number;
      readonly attempts: number;
      readonly backoff: number;
    }
  /** Ends the request with an error. */
  | { readonly do: 'fail'; readonly chance: number };

/** One kind of request. `weight` over time: points (s, weight), linear in between. */
export type RequestClass = {
  readonly name: string;
  readonly weight: readonly { readonly at: number; readonly weight: number }[];
  readonly acts: readonly Act[];
};

/** How load is offered. */
export type Load =
  /** Our own engine: a staircase of rates; `generator`: its CPU carries so much a second; it has `ports` for so many connections, each kept for `linger` (s) after its answer; `onTheWay`: they are those of a translation of addresses between it and the target. */
  | {
      readonly kind: 'steps';
      readonly rates: readonly number[];
      readonly settle: number;
      readonly measure: number;
      readonly arrivals: 'uniform' | 'poisson';
      readonly timeout: number;
      readonly generator?: {
        readonly rate: number;
        readonly ports?: { readonly count: number; readonly linger: number; readonly onTheWay?: boolean };
      };
    }
  /** Users who wait for their answer and think; one step a number. */
  | {
      readonly kind: 'users';
      readonly users: readonly number[];
      readonly think: number;
      readonly settle: number;
      readonly measure: number;
      readonly timeout: number;
    }
  /** Others' traffic: points (s, rate), linear in between; only observed. */
  | {
      readonly kind: 'traffic';
      readonly points: readonly { readonly at: number; readonly rate: number }[];
      readonly timeout: number;
    };

/** What happens at a moment, whatever the load. */
export type Happening =
  /** Others use so many cores of a node's CPU from now on. */
  | { readonly at: number; readonly what: 'strangers'; readonly part: string; readonly cores: number }
  /** An instance restarts: its counters begin at nought, its requests fail, it is away for `away`. A pod (of a service) comes back under a new name, all else under its own; on a node everything restarts. */
  | {
      readonly at: number;
      readonly what: 'restart';
      readonly part: string;
      readonly replica: number;
      readonly away: number;
    }
  /** Someone rolls out: CPU work of the part costs `factor` times as much from now on, and its instances are new ones with new names; the old ones end what they have begun. */
  | { readonly at: number; readonly what: 'rollout'; readonly part: string; readonly factor: number }
  /** Someone scales by hand. */
  | { readonly at: number; readonly what: 'scale'; readonly part: string; readonly replicas: number }
  /** Work that recurs without requests: so many cores of the part's CPU for so long, spread evenly over its instances. */
  | {
      readonly at: number;
      readonly what: 'batch';
      readonly part: string;
      readonly cores: number;
      readonly seconds: number;
    }
  /** A pause in the acts of every class is so many times as long as in the beginning (a dependency slows down). */
  | { readonly at: number; readonly what: 'slow'; readonly factor: number };

/** What is seen of it: how often it is scraped, what is missing, what is wrong with the data. */
export type Seen = {
  /** Scrape interval of each part's exporters (s); parts that are not named have `interval`. */
  readonly interval: number;
  readonly intervals: Readonly<Record<string, number>>;
  /** Parts, or "part/id" of single resources, that no exporter speaks for. */
  readonly missing: readonly string[];
  /** Containers' counters are this much older than their scrape (cAdvisor: up to 15 s). */
  readonly lag: number;
  /** Share of scrapes that are lost, and the same at loads near saturation. */
  readonly gaps: number;
  readonly gapsWhenBusy: number;
  /** Prometheus' clock minus the generator's (s). */
  readonly skew: number;
  /** Upper bounds of the latency buckets of the service's own histogram (s). */
  readonly buckets: readonly number[];
  /** Standard deviation of what is used besides the requests' work, as a share of each ceiling. */
  readonly noise: number;
  /** Whether the configuration declares `calls`. */
  readonly callsDeclared: boolean;
};
