import type { StepRecord } from '../../src/model/load-record.ts';
import { epoch, perSecond, ratio, seconds } from '../../src/model/units.ts';

const none = { unit: 'us', counts: [] } as const;

/** A sound step: 100/s for 10 s, all answered well, five in flight and steady. */
export function stepRecord(told: Partial<StepRecord> = {}): StepRecord {
  return {
    step: { index: 0, rate: perSecond(100), settle: seconds(3), measure: seconds(10) },
    span: { from: epoch(1003), to: epoch(1013) },
    offered: perSecond(100),
    throughput: perSecond(100),
    goodput: perSecond(100),
    errors: ratio(0),
    latency: { mean: undefined, p50: undefined, p90: undefined, p99: undefined },
    inFlight: { mean: 5, growth: 0 },
    health: {
      verdict: 'ok',
      because: [],
      sendRatio: ratio(1),
      lagP99: seconds(0.001),
      loopUtilisation: ratio(0.1),
      threadCpu: ratio(0.1),
      throttled: ratio(0),
      localErrors: 0,
    },
    complete: true,
    sent: 1000,
    completed: 1000,
    good: 1000,
    errorsByClass: {},
    requests: [],
    slowest: [],
    shed: {},
    response: none,
    service: none,
    lag: none,
    ...told,
  };
}
