import { answerOf, instantsIn, labelSetsIn, samplesIn } from '../../src/collect/answer.ts';

/** A good answer of Prometheus, to spoil. */
export const goodAnswer = JSON.stringify({
  status: 'success',
  data: {
    resultType: 'matrix',
    result: [
      {
        metric: { __name__: 'up', job: 'a' },
        values: [
          [1000.123, '1'],
          [1015.123, '+Inf'],
          [1030.123, 'NaN'],
        ],
      },
      { metric: { __name__: 'h' }, histograms: [[1000, { count: '1', sum: '2', buckets: [[0, '1', '2', '3']] }]] },
      { metric: {}, value: [1000, '-Inf'] },
    ],
  },
  warnings: ['a warning'],
  infos: ['a hint'],
  isPartial: true,
});

/** What is wrong with how an answer was read; undefined where it gave clean values, or says why there are none. */
export function brokenAnswer(status: number, body: string): string | undefined {
  const answer = answerOf(status, body, 'main');
  if (answer.kind !== 'success')
    return answer.why.length > 0 && answer.why.length < 500 ? undefined : 'it gives no reason';
  const { result } = answer;
  if (labelSetsIn(result).some((labels) => Object.values(labels).some((value) => typeof value !== 'string')))
    return 'a label is no text';
  if (instantsIn(result).some(({ value }) => Number.isNaN(value))) return 'a value is NaN';
  return samplesIn(result)
    .map(brokenSeries)
    .find((broken) => broken !== undefined);
}

function brokenSeries({
  times,
  values,
}: {
  readonly times: Float64Array;
  readonly values: Float64Array;
}): string | undefined {
  if (times.length !== values.length) return 'times and values differ in number';
  if (values.some(Number.isNaN)) return 'a value is NaN';
  const isRising = times.every(
    (time, index) => Number.isFinite(time) && (index === 0 || time > (times[index - 1] ?? 0)),
  );
  return isRising ? undefined : 'times do not rise';
}
