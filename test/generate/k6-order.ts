import type { Plan, Step } from '../../src/model/plan.ts';
import type { Caps, RequestClass, Script, ScriptRequest } from '../../src/model/script.ts';
import { perSecond, seconds } from '../../src/model/units.ts';
import { plainWire } from '../../src/model/wire.ts';

/** A step of 3 s to settle and 7 s to measure. */
export const stepOf = (rate: number): Step => ({
  index: 0,
  rate: perSecond(rate),
  settle: seconds(3),
  measure: seconds(7),
});

export const aPlan = (steps: readonly Step[]): Plan => ({
  name: 'test',
  kind: 'staircase',
  arrivals: 'uniform',
  seed: 1,
  scrape: seconds(1),
  steps: steps.map((step, index) => ({ ...step, index })),
});

export const requestOf = (name: string, change: Partial<ScriptRequest> = {}): ScriptRequest => ({
  name,
  method: 'GET',
  path: [{ kind: 'text', text: `/${name}` }],
  headers: {},
  body: undefined,
  extract: [],
  checks: [],
  think: undefined,
  ...change,
});

/** A class of so many requests one after the other, with a pause (s) before each but the first. */
export function classOf(name: string, weight: number, length = 1, pause = 0): RequestClass {
  const steps = Array.from({ length }, (_, index) =>
    requestOf(
      index === 0 ? name : `${name}-${index + 1}`,
      index === 0 || pause === 0 ? {} : { think: { kind: 'fixed', for: seconds(pause) } },
    ),
  );
  return { name, weight, session: false, steps };
}

export function aScript(
  classes: readonly RequestClass[],
  caps: Partial<Caps> = {},
  change: Partial<Script> = {},
): Script {
  return {
    target: 'shop',
    run: 'k6-shop',
    origin: 'http://shop:8080',
    address: '',
    wire: plainWire,
    classes,
    feeders: [],
    sessions: undefined,
    traceEvery: undefined,
    arrivals: 'uniform',
    seed: 1,
    timeout: seconds(10),
    caps: { rate: perSecond(1000), inFlight: 1000, requests: 1e6, duration: seconds(3600), ...caps },
    workers: 1,
    ...change,
  };
}
