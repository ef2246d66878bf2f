import type { Script, ScriptRequest } from '../../../src/model/script.ts';
import { perSecond, seconds } from '../../../src/model/units.ts';
import { classOf, requestOf, scriptOf } from '../../load/target.ts';

/** What our engine does in the benchmark: one GET by open arrivals or by users who do not think, or such users who walk through three requests in sessions. */
export const modes = ['open', 'users', 'sessions'] as const;
export type Mode = (typeof modes)[number];

const text = (words: string) => [{ kind: 'text', text: words }] as const;
const identity = { 'user-agent': text('plimsoll/bench'), 'x-plimsoll-run': text('bench') };
const status = { kind: 'status', among: [200] } as const;
const token = { kind: 'variable', name: 'token', as: 'header' } as const;
const bearer = { ...identity, authorization: [{ kind: 'text', text: 'Bearer ' }, token] } as const;
const get = (name: string, told: Partial<ScriptRequest>): ScriptRequest =>
  requestOf({ name, headers: bearer, checks: [status], ...told });

/** A login whose answer holds a token, and a walk with it: a plain page, a list out of which an item is taken, and that item. The script for k6 in commands.ts does the same. */
const sessions: Pick<Script, 'classes' | 'sessions'> = {
  sessions: {
    size: 64,
    login: [
      get('login', {
        path: text('/json'),
        headers: identity,
        extract: [{ kind: 'json', into: 'token', pointer: '/token' }],
      }),
    ],
  },
  classes: [
    {
      name: 'visit',
      weight: 1,
      session: true,
      steps: [
        get('home', { path: text('/') }),
        get('list', {
          path: text('/json'),
          extract: [{ kind: 'json', into: 'item', pointer: '/items/0' }],
          checks: [status, { kind: 'has', pointer: '/items' }],
        }),
        get('item', {
          path: [
            { kind: 'text', text: '/items/' },
            { kind: 'variable', name: 'item', as: 'part' },
          ],
        }),
      ],
    },
  ],
};

const kinds: Readonly<Record<Mode, Partial<Script>>> = {
  open: {},
  users: { think: { kind: 'fixed', for: seconds(0) } },
  sessions: { ...sessions, think: { kind: 'fixed', for: seconds(0) } },
};

/** The script of one mode, over so many connections to a port of the loopback. */
export const scriptFor = (mode: Mode, port: string, connections: number): Script =>
  scriptOf({
    target: 'bench',
    run: 'bench',
    origin: `http://127.0.0.1:${port}`,
    classes: [classOf({ name: 'hello', headers: identity })],
    timeout: seconds(60),
    ...kinds[mode],
    caps: {
      rate: perSecond(1_000_000),
      inFlight: connections,
      requests: 1_000_000_000,
      duration: seconds(86_400),
    },
  });
