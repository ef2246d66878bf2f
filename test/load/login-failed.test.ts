import { expect, test } from 'vitest';
import { loginFailed } from '../../src/load/login-failed.ts';
import type { LoginFailure, StepEnd } from '../../src/load/step-order.ts';
import { requestOf } from './target.ts';

const sessions = { size: 2, login: [requestOf({ name: 'sign-in', method: 'POST' })] };
const end = (told: Partial<StepEnd> = {}): StepEnd => ({
  number: 1,
  halt: undefined,
  until: 1,
  windows: [],
  slowest: [],
  loginFailed: undefined,
  held: 0,
  ...told,
});
const failed = (told: Partial<LoginFailure>) =>
  end({ halt: 'login-failed', loginFailed: { request: 0, outcome: 'http_4xx', status: 401, ...told } });

test('all sessions are open, or someone asked to stop: nothing failed', () => {
  expect(loginFailed([end(), end({ halt: 'asked' })], { sessions })).toBeUndefined();
});

test.each([
  [failed({}), 'the answer to "sign-in" (POST) has the status 401'],
  [failed({ outcome: 'check_failed', status: 200 }), 'the answer to "sign-in" (POST) failed a check, or lacks'],
  [
    failed({ outcome: 'timeout', status: undefined }),
    'the answer to "sign-in" (POST) did not come within the time-out',
  ],
  [failed({ outcome: 'reset_fresh', status: undefined }), 'the answer to "sign-in" (POST) ended as reset_fresh'],
  [undefined, 'a worker thread of the load did not answer'],
  [end({ halt: 'requests' }), 'the load was stopped before all of them were open'],
])('%j: %s', (told, sentence) => {
  expect(loginFailed([end(), told], { sessions })).toContain(sentence);
});
