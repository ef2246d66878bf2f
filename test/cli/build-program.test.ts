import { expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/build-program.ts';
import type { Commands } from '../../src/cli/handed.ts';
import { epoch, perSecond, seconds } from '../../src/model/units.ts';
import { handedWith } from '../support/handed.ts';
import { reportWith } from '../support/report-with.ts';

async function ask(line: string, commands: Partial<Commands> = {}) {
  const { handed, told } = handedWith(commands);
  const fault: unknown = await buildProgram(handed)
    .parseAsync(line.split(' '), { from: 'user' })
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  return { ...told(), fault: fault instanceof Error ? fault.message : undefined };
}

test('run tells its progress on stderr and its result alone on stdout', async () => {
  const told = await ask('run shop', {
    run: async (config, target, tell) => {
      tell({ kind: 'stage', text: `loading ${target} of ${config}` });
      return reportWith();
    },
  });
  expect(told.stderr).toBe('loading shop of plimsoll.yaml\n');
  expect(told.stdout).toBe('text: bouncer / server-pool saturates first, at 193/s\n');
  expect(told.code).toBe(0);
});

test.each(['-o json run shop --config a.yaml', 'run shop -o json --config a.yaml'])(
  '"%s" means the same',
  async (line) => {
    const told = await ask(line, {
      run: (config) => Promise.resolve(reportWith({ kind: config === 'a.yaml' ? 'saturated' : 'data-invalid' })),
    });
    expect(told.stdout).toMatch(/^json: /);
    expect(told.code).toBe(0);
  },
);

test('a dry run prints the steps, the total, the stop rules and every query, and loads nothing', async () => {
  const steps = [
    { index: 0, rate: perSecond(50), settle: seconds(3), measure: seconds(7) },
    { index: 1, rate: perSecond(100), settle: seconds(3), measure: seconds(7) },
  ];
  const told = await ask('run shop --dry-run', {
    rehearse: (_, target) =>
      Promise.resolve({
        target,
        origin: 'http://127.0.0.1:8080',
        plan: { name: 'staircase', kind: 'staircase', arrivals: 'uniform', seed: 1, steps, scrape: seconds(1) },
        steps: ['1. 50/s for 3 s to settle and 7 s to measure', '2. 100/s for 3 s to settle and 7 s to measure'],
        requests: 1500,
        duration: seconds(20),
        queries: [{ about: 'api cpu usage', promql: 'rate(x[5s])' }],
        sends: ['100 % of arrivals: GET home'],
        stopRules: ['more than half of the requests fail over 10 s'],
        notes: [],
      }),
  });
  expect(told.stdout).toBe(
    [
      'shop at http://127.0.0.1:8080, plan staircase: 1500 requests in 20 s at most',
      'sends',
      '  100 % of arrivals: GET home',
      'steps',
      '  1. 50/s for 3 s to settle and 7 s to measure',
      '  2. 100/s for 3 s to settle and 7 s to measure',
      'stops by itself',
      '  more than half of the requests fail over 10 s',
      'asks Prometheus',
      '  api cpu usage: rate(x[5s])',
      'nothing was sent',
      '',
    ].join('\n'),
  );
});

test('observe asks for the window in seconds since 1970', async () => {
  let asked: unknown;
  const told = await ask('observe shop --from -30m', {
    observe: (_, order) => {
      asked = order;
      return Promise.resolve(reportWith({ kind: 'data-invalid' }));
    },
  });
  expect(asked).toEqual({ target: 'shop', span: { from: epoch(1_799_998_200), to: epoch(1_800_000_000) } });
  expect(told.code).toBe(4);
});

test.each([
  ['observe shop --from now --to -1h', '--from now does not lie before --to -1h'],
  ['observe shop --from lunch', '"lunch" is not a time'],
  ['compare one', 'compare needs two runs or more'],
  ['compare one,two', 'as in A1,A2,A3 B1,B2,B3'],
  ['stop', 'stop needs either the id of a run or --all'],
  ['stop r1 --all', 'stop needs either the id of a run or --all'],
  ['sail', "unknown command 'sail'"],
  ['run', "missing required argument 'target'"],
  ['run shop -o pdf', 'Allowed choices are text, json, markdown, junit, html'],
  ['generate posters', 'Allowed choices are dashboards, rules, all, k6'],
])('"%s" is refused in one sentence', async (line, sentence) => {
  expect((await ask(line)).fault).toContain(sentence);
});

test('a result that is no report is text or JSON, not a page', async () => {
  expect((await ask('stop --all -o html', { stop: () => Promise.resolve(1) })).fault).toContain('not as html');
});

test('stop tells how many runs it asked', async () => {
  expect((await ask('stop --all', { stop: () => Promise.resolve(2) })).stdout).toBe('asked 2 runs to stop\n');
  expect((await ask('stop r1', { stop: () => Promise.resolve(0) })).stdout).toBe('no run is under way\n');
});

test('generate tells which files it wrote', async () => {
  const files = [{ path: 'deploy/alerts/plimsoll.yaml', text: 'groups: []' }];
  const told = await ask('generate rules --to out', { generate: () => Promise.resolve(files) });
  expect(told.stdout).toBe('out/deploy/alerts/plimsoll.yaml\n');
});

test('generate k6 tells what is otherwise on stderr, and which files it wrote', async () => {
  const told = await ask('generate k6 shop --runners 4 --write-to http://p:9090/api/v1/write --to out', {
    generateK6: (config, wish) => {
      const files = [{ path: 'k6/shop/plan.json', text: '' }];
      return Promise.resolve({ files, notes: [`${config} ${JSON.stringify(wish)}`] });
    },
  });
  expect(told.stderr).toBe(
    'note: plimsoll.yaml {"target":"shop","runners":4,"writeTo":"http://p:9090/api/v1/write"}\n',
  );
  expect(told.stdout).toBe('out/k6/shop/plan.json\n');
});

test.each([
  ['generate k6', 'generate k6 needs a target, as in "plimsoll generate k6 shop"'],
  ['generate k6 shop --runners 0', '--runners is a whole number from 1 on, as in --runners 4'],
  [
    'generate k6 shop --write-to prometheus',
    '--write-to prometheus is no http or https address, as in http://prometheus:9090/api/v1/write',
  ],
  ['generate rules shop', 'rules are for all targets; leave "shop" out'],
])('"%s" is refused', async (line, sentence) => {
  expect((await ask(line)).fault).toBe(sentence);
});

test('doctor tells what it looks at on stderr, what it found on stdout, and exits with 4 where a Prometheus does not answer', async () => {
  const prometheus = { name: 'main', url: 'http://main', answers: false, text: 'does not answer', warning: undefined };
  const told = await ask('doctor', {
    doctor: async (config, tell) => {
      tell({ kind: 'stage', text: 'looking at shop' });
      return { file: config, prometheus: [prometheus], targets: [], notes: [] };
    },
  });
  expect(told.stderr).toBe('looking at shop\n');
  expect(told.stdout).toBe('plimsoll.yaml\n  Prometheus "main" at http://main: does not answer\n');
  expect(told.code).toBe(4);
});

test('init prints what it began alone on stdout, and what it guessed on stderr', async () => {
  const told = await ask('init --prometheus http://main:9090 --from-log a.log --url http://shop --writes', {
    init: (wish) =>
      Promise.resolve({ text: `# ${JSON.stringify(wish)}\n`, rows: [], notes: ['guessed target "shop"'] }),
  });
  expect(told.stdout).toBe(
    '# {"prometheus":"http://main:9090","url":"http://shop","writes":true,"from":{"kind":"log","file":"a.log"}}\n',
  );
  expect(told.stderr).toBe('note: guessed target "shop"\n');
});

test('init writes a new file where one is named', async () => {
  const told = await ask('init --from-har a.har --to new.yaml', {
    init: () => Promise.resolve({ text: 'a: 1\n', rows: [{ path: 'new-a.csv', text: '"x"' }], notes: [] }),
  });
  expect([told.stdout, told.written]).toEqual(['new.yaml\nnew-a.csv\n', { 'new.yaml': 'a: 1\n', 'new-a.csv': '"x"' }]);
});

test.each([
  ['init', 'init begins from something: --prometheus URL, --from-har FILE, --from-openapi FILE or --from-log FILE'],
  ['init --prometheus main:9090', '--prometheus main:9090 is no http or https address, as in http://prometheus:9090'],
  ['init --from-log a.log --url shop', '--url shop is no http or https address, as in https://shop.example'],
  ['init --from-log a.log -o json', 'a configuration is written as YAML; leave --output out'],
  [
    'init --from-har a.har --from-log a.log',
    "error: option '--from-har <file>' cannot be used with option '--from-log <file>'",
  ],
])('"%s" is refused', async (line, sentence) => {
  expect((await ask(line)).fault).toBe(sentence);
});

test('check tells what the configuration holds', async () => {
  const checked = {
    file: 'plimsoll.yaml',
    targets: [{ name: 'shop', components: ['api', 'db'], loadable: false }],
    notes: [],
  };
  const told = await ask('check', { check: () => Promise.resolve(checked) });
  expect(told.stdout).toBe('plimsoll.yaml is good\n  shop: api, db; may only be observed\n');
});
