import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.ts';
import type { Report } from '../../src/model/report.ts';
import { conclude } from '../../src/run/conclude.ts';
import { cpu, hold, part, pause, pool } from '../worlds/families/pieces.ts';
import { judgeWorld } from '../worlds/seen/judge-world.ts';
import type { Part } from '../worlds/world.ts';
import { alike, stairs, story } from './setting.ts';
import { capacityOf, first, inState, resources, told } from './told.ts';

/* Four times the throughput: pods that get unequal shares, ports that run out, a Redis that is killed, nodes that do not come, workers that change nothing. */
const nodes = part('nodes', 'node', [{ kind: 'cpu', id: 'cpu', cores: 4 }]);

describe('D: long-lived connections load three pods unevenly, and one gets nothing', async () => {
  const api = part(
    'api',
    'service',
    [
      { kind: 'quota', id: 'cpu-quota', cores: 0.5, period: 0.1 },
      { kind: 'workers', id: 'threads', threads: 40 },
    ],
    { replicas: 3, balance: [0.6, 0.4, 0], on: 'nodes' },
  );
  const report = await told(
    story('uneven pods', {
      parts: [api, nodes],
      classes: alike([hold({ part: 'api', id: 'threads' }, [cpu('api', 0.03, 0.5), pause(0.05, 0.3)])]),
      load: stairs([4, 8, 12, 16, 20, 24, 28, 32], { arrivals: 'uniform' }),
    }),
  );

  test('the CPU of the hottest pod is first, while another is idle', () => {
    expect(first(report), report.verdict.sentence).toBe('api / cpu-quota');
    const used = resources(report, 'api / cpu-quota').map(({ peak }) => peak?.ratio ?? 0);
    expect(Math.max(...used)).toBeGreaterThan(0.95);
    expect(Math.min(...used)).toBeLessThan(0.05);
    expect(resources(report, 'nodes / cpu')[0]?.state).toBe('free');
  });

  test('it sets the capacity: 0.5 cores ÷ 30 ms ÷ 60 % = 27.8/s', () => {
    expect(Math.abs(capacityOf(report) / 27.8 - 1), report.verdict.sentence).toBeLessThan(0.05);
  });

  test('and what evenness would give: three times 16.7/s', () => {
    const even = report.remedy?.match(/evenly loaded they would carry about (?<rate>[\d.]+)\/s/)?.groups?.rate;
    expect(Math.abs(Number(even) / 50 - 1), report.remedy ?? '').toBeLessThan(0.1);
  });
});

describe('D: the ports of the way out run out', async () => {
  const api = part(
    'api',
    'service',
    [
      { kind: 'quota', id: 'cpu-quota', cores: 2, period: 0.1 },
      { kind: 'workers', id: 'threads', threads: 40 },
    ],
    { on: 'nodes' },
  );
  const out = (onTheWay: boolean) =>
    story('ports', {
      parts: [api, nodes],
      classes: alike([hold({ part: 'api', id: 'threads' }, [cpu('api', 0.01, 0.5)])]),
      load: stairs([10, 20, 30, 40, 50, 60], {
        arrivals: 'uniform',
        generator: { rate: 1000, ports: { count: 800, linger: 20, onTheWay } },
      }),
    });
  const [translated, own] = [await told(out(true)), await told(out(false))];

  test('new connections fail, established ones are served, the target sees neither arrivals nor drops: the path is named', () => {
    expect(translated.verdict.kind, translated.verdict.sentence).toBe('generator-limited');
    expect(translated.verdict.sentence).toMatch(
      /^No answer: the limit was on the side of the load generator \(2\d[\d.]*–3\d[\d.]* % of the requests \(\d+–\d+\) got no connection, while those that did were answered as fast as ever and the target saw neither arrivals nor drops: the limit was the path from the generator to it/,
    );
  });

  test('no resource of the target is called, and what it carried stands: 800 ports ÷ 20 s = 40/s', () => {
    expect(inState(translated, 'root')).toEqual([]);
    expect(translated.capacity?.rate).toMatchObject({ kind: 'at-least', low: expect.closeTo(40, 0) });
  });

  test('ports of the generator itself are told as such', () => {
    expect(own.verdict.kind, own.verdict.sentence).toBe('generator-limited');
    expect(own.verdict.sentence).toContain("connections failed on the generator's own machine (ports, ");
  });
});

describe('D: Redis is killed at its memory limit', async () => {
  const MiB = 2 ** 20;
  const redis = part(
    'redis',
    'redis',
    [
      { kind: 'workers', id: 'thread', threads: 1 },
      { kind: 'memory', id: 'memory', limit: 256 * MiB, base: 60 * MiB, each: 8 * MiB, leak: 0, restart: 4 },
    ],
    { on: 'nodes' },
  );
  const api = part('api', 'node-service', [{ kind: 'workers', id: 'event-loop', threads: 1 }], {
    on: 'nodes',
    calls: ['redis'],
  });
  const report = await told(
    story('a Redis of 256 MiB', {
      parts: [api, redis, nodes],
      classes: alike([
        hold({ part: 'api', id: 'event-loop' }, [cpu('api', 0.003, 0.5)]),
        hold({ part: 'redis', id: 'thread' }, [cpu('redis', 0.02, 1)]),
      ]),
      load: stairs([5, 10, 20, 30, 35, 40, 45]),
    }),
  );

  test('the kills are seen, each as a refusal of its memory', () => {
    const kills = report.sheet.rows.find(
      ({ component, resource, role }) => component === 'redis' && resource === 'memory' && role === 'refusals',
    );
    expect(kills?.values.at(-1)).toBeGreaterThan(0);
    expect(kills?.values[0]).toBe(0);
    expect(resources(report, 'redis / memory')[0]?.evidence.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^0 killed a second at low load, 0\.\d+ killed a second at most$/),
    );
  });

  test('redis / memory is first', () => {
    expect(first(report), report.verdict.sentence).toBe('redis / memory');
  });
});

describe('D: a node pool cannot outgrow its address range', async () => {
  const api = part(
    'api',
    'node-service',
    [
      { kind: 'quota', id: 'cpu-quota', cores: 0.1, period: 0.1 },
      { kind: 'autoscaler', id: 'autoscaler', least: 4, most: 16, target: 0.6, delay: 3, room: 8 },
    ],
    { replicas: 4, on: 'nodes' },
  );
  const { order, record, collected } = await judgeWorld(
    story('eight nodes', {
      parts: [api, part('nodes', 'node', [{ kind: 'cpu', id: 'cpu', cores: 1 }], { replicas: 8 })],
      classes: alike([cpu('api', 0.015, 0.3)]),
      load: stairs([10, 20, 30, 40, 50, 60], { arrivals: 'uniform' }),
    }),
  );
  /* The range is stated: no exporter tells it. */
  const components = order.components.map((component) =>
    component.name === 'nodes' ? { ...component, addresses: { range: 21, each: 24 } } : component,
  );
  const report = conclude({ ...order, components }, record, collected);

  test('a /24 for each node out of a /21 are 2^3 = 8 nodes, and 8 there are', () => {
    expect(report.limits.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^8 nodes.*; the address range holds 8 \(a \/24 for each out of a \/21\)$/),
    );
  });

  test('the number of nodes stays flat while pods are pending', () => {
    const row = (role: string) =>
      report.sheet.rows.find((one) => one.resource === 'nodes' && one.role === role)?.values ?? [];
    expect(new Set(row('usage'))).toEqual(new Set([8]));
    expect(row('queue')[0]).toBe(0);
    expect(row('queue').at(-1)).toBeGreaterThanOrEqual(1);
  });

  test('nodes / nodes is first', () => {
    expect(first(report), report.verdict.sentence).toBe('nodes / nodes');
  });
});

describe('D: 2, 4 and 6 workers of a proxy carry the same', async () => {
  const proxy = (workers: number): Part =>
    part('proxy', 'service', [{ kind: 'workers', id: 'threads', threads: 10 * workers }], {
      on: 'nodes',
      calls: ['db'],
    });
  const database = part('db', 'postgres', [
    { kind: 'cpu', id: 'cpu', cores: 1 },
    pool('connections', 97, { queue: 0 }),
  ]);
  const run = (workers: number, repetition: number): Promise<Report> =>
    told(
      story(`${workers} workers`, {
        parts: [proxy(workers), database, nodes],
        classes: alike([
          hold({ part: 'proxy', id: 'threads' }, [
            cpu('proxy', 0.002, 0.5),
            hold({ part: 'db', id: 'connections' }, [cpu('db', 0.022, 0)]),
          ]),
        ]),
        load: { kind: 'users', users: [10, 30, 100, 120, 140, 160], think: 1, settle: 5, measure: 15, timeout: 20 },
      }),
      repetition,
    );
  const runs: Report[][] = [];
  for (const workers of [2, 4, 6]) {
    const repeats: Report[] = [];
    for (const repetition of [0, 1, 2]) repeats.push(await run(workers, repetition));
    runs.push(repeats);
  }

  test('one run each cannot tell, and says how many would', () => {
    const single = runs.map(([only]) => (only ? [only] : []));
    const { pairs, sentence } = compare(single.flat(), single);
    expect(pairs.map(({ answer }) => answer)).toEqual(['cannot-tell', 'cannot-tell']);
    expect(sentence).toContain('one run each does not show how far runs of one set-up lie apart');
    expect(sentence).toMatch(/\d+ each would decide/);
  });

  test('with repeats they are equivalent', () => {
    const { pairs, differences } = compare(runs.flat(), runs);
    expect(pairs.map(({ sentence }) => sentence).join('\n')).toMatch(/are equivalent/);
    expect(pairs.map(({ answer }) => answer)).toEqual(['equivalent', 'equivalent']);
    expect(differences.filter(({ what }) => what === 'capacity').map(({ finding }) => finding)).toEqual([
      'equivalent',
      'equivalent',
    ]);
  });
});
