import { expect, test } from 'vitest';
import { ConfigurationSchema } from '../../src/model/configuration.ts';
import { toldQuantiles } from '../../src/model/told-quantiles.ts';

test('every quantile that an objective can be set for is told of each window', () => {
  const keys = [...JSON.stringify(ConfigurationSchema).matchAll(/"p(?<digits>\d+)":/gu)];
  const quantiles = keys.map(({ groups }) => Number(`0.${groups?.digits}`));
  expect([...new Set(quantiles)]).toEqual([...toldQuantiles]); // rules that stop a load may name one again
});
