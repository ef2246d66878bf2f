import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { seeded } from '../../src/model/random.ts';
import type { Store } from '../../src/model/store.ts';
import { epoch } from '../../src/model/units.ts';
import { thisOwner } from '../../src/store/owner.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { times } from '../support/tried.ts';
import { aReport } from './a-report.ts';
import { conformance } from './conformance.ts';

const top = mkdtempSync(join(tmpdir(), 'plimsoll-store-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));
const folder = (): string => mkdtempSync(join(top, 'one-'));
const fileIn = (place: string): string => join(place, 'plimsoll.sqlite');
const complete = { state: 'complete', why: undefined, at: epoch(2000) } as const;
const probe = (id: string, locks: readonly string[] = []) =>
  ({ id, target: 'shop', kind: 'probe', locks, at: epoch(1000) }) as const;

conformance('the store in one SQLite file', async () => (await openSqliteStore(folder())).store);

/** Says of a running run that it belongs to somebody else. */
function giveAway(place: string, id: string, owner: { place: string; pid: number; born: string; beat: number }): void {
  using database = new DatabaseSync(fileIn(place));
  const { place: where, pid, born, beat } = owner;
  database
    .prepare('UPDATE run SET place = ?, pid = ?, born = ?, beat = ? WHERE id = ?')
    .run(where, pid, born, beat, id);
}

describe('two openings of one file', () => {
  test('see the same runs and respect each other’s locks', async () => {
    const place = folder();
    await using one = (await openSqliteStore(place)).store;
    await using other = (await openSqliteStore(place)).store;
    await one.begin(probe('r1', ['db']));
    await expect(other.begin(probe('r2', ['db']))).rejects.toMatchObject({ code: 'RUN_BUSY' });
    await other.requestStop('r1');
    expect(await one.beat('r1', epoch(1001))).toEqual({ stopRequested: true });
    await one.finish('r1', complete, aReport('r1'));
    expect((await other.latest('shop'))?.run.id).toBe('r1');
    await other.begin(probe('r2', ['db']));
  });
});

describe('several processes', () => {
  const contender = fileURLToPath(new URL('./contender.ts', import.meta.url));

  test('that want one lock at once, on a file that none of them has seen: one has it, the others are told whose it is', async () => {
    const place = folder();
    const children = ['a', 'b', 'c', 'd'].map((id) => {
      const child = spawn(process.execPath, [contender, place, id], { stdio: ['pipe', 'pipe', 'inherit'] });
      return { child, closed: once(child, 'close'), told: once(child.stdout.setEncoding('utf8'), 'data') };
    });
    const told = await Promise.all(children.map(async (one) => String((await one.told)[0]).trim()));
    const winner = 'abcd'[told.indexOf('won')];
    for (const { child } of children) child.stdin.end();
    await Promise.all(children.map((one) => one.closed));
    const others = told.filter((text) => text !== 'won');
    expect(others).toHaveLength(3);
    for (const text of others) expect(text).toMatch(new RegExp(`^db is already under load by run ${winner};`));
  });
});

describe('who is dead', () => {
  const me = thisOwner();

  test('a process that took the number of the one that began the run is not that one', async () => {
    const place = folder();
    await using store = (await openSqliteStore(place)).store;
    await store.begin(probe('r1', ['db']));
    giveAway(place, 'r1', { ...me, born: 'another boot 1', beat: 1000 });
    await store.begin(probe('r2', ['db']));
    expect(await store.run('r1')).toMatchObject({
      state: 'aborted',
      why: expect.stringContaining(`(${me.pid} on ${me.place}) ended or fell silent`),
    });
  });

  test('a run of another machine is dead after 30 s of silence, and not before', async () => {
    const place = folder();
    await using store = (await openSqliteStore(place)).store;
    await store.begin(probe('r1', ['db']));
    giveAway(place, 'r1', { place: 'elsewhere', pid: 1, born: 'x', beat: 1000 });
    expect(await store.sweep(epoch(1030))).toEqual([]);
    await expect(store.begin({ ...probe('r2', ['db']), at: epoch(1030) })).rejects.toMatchObject({ code: 'RUN_BUSY' });
    expect(await store.sweep(epoch(1030.5))).toEqual(['r1']);
    await store.begin(probe('r2', ['db']));
  });

  test('one that was given up for dead is told to stop, and cannot end as complete', async () => {
    const place = folder();
    await using store = (await openSqliteStore(place)).store;
    await store.begin(probe('r1'));
    giveAway(place, 'r1', { place: 'elsewhere', pid: 1, born: 'x', beat: 1000 });
    await store.sweep(epoch(1031));
    expect(await store.beat('r1', epoch(1032))).toEqual({ stopRequested: true });
    await expect(store.finish('r1', complete, aReport('r1'))).rejects.toMatchObject({ code: 'INTERNAL' });
    expect((await store.run('r1'))?.state).toBe('aborted');
  });
});

describe('a file that cannot be used', () => {
  test('one that is no database is moved aside, and a fresh one works', async () => {
    const place = folder();
    writeFileSync(fileIn(place), 'this is not a database, and longer than a header is: '.repeat(40));
    const { store, notes } = await openSqliteStore(place);
    await using _closing = store;
    expect(notes.map((note) => note.text)).toEqual([expect.stringContaining('it was moved to')]);
    await store.begin(probe('r1'));
    expect(readdirSync(place)).toContain('plimsoll.sqlite.damaged-1');
  });

  test('one with a page overwritten is moved aside under the next free name', async () => {
    const place = folder();
    for (const round of [1, 2]) {
      const { store } = await openSqliteStore(place);
      const notes = Array.from({ length: 3000 }, (_, index) => `note ${index}`);
      for (const id of ['r1', 'r2']) {
        await store.begin(probe(id));
        await store.finish(id, complete, aReport(id, { notes }));
      }
      await store[Symbol.asyncDispose]();
      const bytes = readFileSync(fileIn(place));
      bytes.fill(0xa5, 4096, 3 * 4096);
      writeFileSync(fileIn(place), bytes);
      const again = await openSqliteStore(place);
      expect(again.notes).toHaveLength(1);
      expect(await again.store.runs({ target: undefined, limit: 10, before: undefined })).toEqual([]);
      await again.store[Symbol.asyncDispose]();
      expect(readdirSync(place)).toContain(`plimsoll.sqlite.damaged-${round}`);
    }
  });

  test('one that a newer Plimsoll wrote is refused and left as it is', async () => {
    const place = folder();
    await (await openSqliteStore(place)).store[Symbol.asyncDispose]();
    {
      using database = new DatabaseSync(fileIn(place));
      database.exec('PRAGMA user_version = 7');
    }
    await expect(openSqliteStore(place)).rejects.toMatchObject({
      code: 'STORE_BROKEN',
      message: expect.stringContaining('a newer Plimsoll wrote it (layout 7, this one reads up to 1)'),
    });
    expect(readdirSync(place).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  test('a folder that is a file gives one sentence', async () => {
    const place = folder();
    writeFileSync(join(place, 'taken'), '');
    await expect(openSqliteStore(join(place, 'taken'))).rejects.toMatchObject({
      code: 'STORE_BROKEN',
      message: expect.stringMatching(/^the store at .*taken.* cannot be used: /),
    });
  });

  test('a write that cannot be kept is told, and the fault names the file', async () => {
    const place = folder();
    let failures = 0;
    const { store } = await openSqliteStore(place, () => {
      failures += 1;
    });
    await using _closing = store;
    {
      using database = new DatabaseSync(fileIn(place));
      database.exec('DROP TABLE held');
    }
    await expect(store.begin(probe('r1', ['db']))).rejects.toMatchObject({ code: 'STORE_BROKEN' });
    expect(failures).toBe(1);
    expect(await store.run('r1')).toBeUndefined();
  });
});

describe('a process that is killed while it writes', () => {
  const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));
  type Told = { readonly begun: readonly string[]; readonly kept: readonly string[] };

  /** Starts a writer, kills it `later` ms after its `lines`-th line, and hands on what it had told by then. */
  async function killed(place: string, first: number, when: { lines: number; later: number }): Promise<Told> {
    const child = spawn(process.execPath, [writer, place, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    let text = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk: string) => {
      const before = text.split('\n').length;
      text += chunk;
      if (before <= when.lines && text.split('\n').length > when.lines)
        setTimeout(() => child.kill('SIGKILL'), when.later);
    });
    await closed;
    const told = (what: string) =>
      [...text.matchAll(new RegExp(`^${what} (\\S+)\\n`, 'gm'))].map((match) => match[1] ?? '');
    return { begun: told('begun'), kept: told('kept') };
  }

  /** What the store shows once nobody writes any more. */
  async function shown(store: Store): Promise<Map<string, string>> {
    const runs = await store.runs({ target: undefined, limit: 100_000, before: undefined });
    const lasts = await Promise.all(runs.map(async ({ id }) => (await store.report(id))?.notes.at(-1) ?? 'no report'));
    return new Map(runs.map(({ id, state }, index) => [id, `${state}: ${lasts[index]}`]));
  }

  test('loses nothing that it said was kept, and the run it was at is aborted, at seeded instants', async () => {
    const seed = 20261121;
    const random = seeded(seed);
    const place = folder();
    const expected = new Map<string, string>();
    for (let instant = 0; instant < times(20, 6); instant += 1) {
      const when = { lines: 1 + Math.floor(random() * 8), later: random() * 6 };
      const told = await killed(place, instant * 10_000, when);
      for (const id of told.kept) expected.set(id, `complete: ${id}`);
      const { store, notes } = await openSqliteStore(place);
      await using _closing = store;
      const swept = await store.sweep(epoch(5000));
      for (const id of swept) expected.set(id, 'aborted: no report');
      const found = await shown(store);
      const where = `seed ${seed}, instant ${instant}`;
      expect(notes, where).toEqual([]);
      expect(Object.fromEntries(found), where).toMatchObject(Object.fromEntries(expected));
      expect([...found.keys()], where).toEqual(expect.arrayContaining([...told.begun]));
      expect(
        [...found.values()].filter((text) => text.startsWith('running')),
        where,
      ).toEqual([]);
      await store.begin({ ...probe(`free-${instant}`, ['db']), at: epoch(5000) });
      await store.finish(`free-${instant}`, { ...complete, state: 'aborted', why: 'shown to be free' }, undefined);
    }
    expect([...expected.values()]).toContain('aborted: no report');
  });
});
