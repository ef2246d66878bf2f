import type { GeneratorHealth } from '../../src/model/load-record.ts';
import { ratio, seconds } from '../../src/model/units.ts';

/** A generator with nothing to say against it. */
export const healthOf = (verdict: GeneratorHealth['verdict'] = 'ok'): GeneratorHealth => ({
  verdict,
  because: [],
  sendRatio: ratio(1),
  lagP99: seconds(0),
  loopUtilisation: ratio(0),
  threadCpu: ratio(0),
  throttled: ratio(0),
  localErrors: 0,
});
