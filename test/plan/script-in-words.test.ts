import { expect, test } from 'vitest';
import { scriptInWords } from '../../src/plan/script-in-words.ts';
import { classOf, requestOf, scriptOf } from '../load/target.ts';

test('what is sent is told by names and shares, and what rates mean where an arrival makes several requests', () => {
  const login = [requestOf({ name: 'login', method: 'POST' })];
  const visit = { name: 'visit', weight: 1, session: true, steps: ['a', 'b', 'c'].map((name) => requestOf({ name })) };
  const script = scriptOf({
    sessions: { size: 20, login },
    classes: [classOf({ name: 'browse' }, 3), visit],
    feeders: [{ name: 'user', columns: ['password'], rows: [['secret']], order: 'unique', per: 'session' }],
  });
  expect(scriptInWords(script)).toEqual([
    '20 sessions log in first, one after the other: POST login',
    '75 % of arrivals: GET browse',
    '25 % of arrivals: visit: GET a, GET b, GET c',
    'an arrival makes 1.5 requests on average; every rate is one of requests, so arrivals come at rate ÷ 1.5',
    'feeder user: 1 rows, unique, one for each session',
  ]);
  expect(scriptInWords(scriptOf())).toEqual(['100 % of arrivals: GET home']);
});
