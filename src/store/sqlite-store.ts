import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { fault } from '../faults.ts';
import type { Note } from '../model/note.ts';
import type { Report } from '../model/report.ts';
import { outcomeOf } from '../model/run-state.ts';
import type { Store } from '../model/store.ts';
import type { Epoch } from '../model/units.ts';
import { checkEnd } from './check-end.ts';
import { brokenBy, openDatabase } from './open-database.ts';
import { isAlive, type Owner, thisOwner } from './owner.ts';
import { countOfRow, ownerOfRow, type Row, runOfRow } from './run-of-row.ts';

/** After how many seconds without a beat a run of another machine counts as dead. */
const silence = 30;

type Wanted = Parameters<Store['begin']>[0];
type End = Parameters<Store['finish']>[1];
type Filter = Parameters<Store['runs']>[0];

/**
 * A store in one SQLite file below a folder; several processes of one machine may share it.
 * Rejects with STORE_BROKEN where the file cannot be used; a damaged file is moved aside, and `notes` say so.
 *
 * @param writeFailed is called for every write that could not be kept
 */
export async function openSqliteStore(
  folder: string,
  writeFailed: () => void = () => undefined,
): Promise<{ readonly store: Store; readonly notes: readonly Note[] }> {
  const { database, file, notes } = openDatabase(folder);
  return { store: new SqliteStore(database, file, writeFailed), notes };
}

class SqliteStore implements Store {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #writeFailed: () => void;
  readonly #me: Owner = thisOwner();
  /** The newest reports that were read, by target: a scrape asks for them again and again. */
  readonly #read = new Map<string, { readonly run: string; readonly report: Report }>();

  constructor(database: DatabaseSync, file: string, writeFailed: () => void) {
    this.#database = database;
    this.#file = file;
    this.#writeFailed = writeFailed;
  }

  async begin(run: Wanted): Promise<void> {
    await this.sweep(run.at);
    this.#write(() => {
      this.#refuseHeld(run.locks);
      this.#enter(run);
      for (const name of new Set(run.locks)) this.#run('INSERT INTO held (name, run) VALUES (?, ?)', name, run.id);
    });
  }

  async beat(id: string, at: Epoch): Promise<{ readonly stopRequested: boolean }> {
    return this.#write(() => {
      this.#run(`UPDATE run SET beat = ? WHERE id = ? AND state = 'running'`, at, id);
      const row = this.#one('SELECT state, stop_requested FROM run WHERE id = ?', id);
      return { stopRequested: row?.state !== 'running' || row.stop_requested === 1 };
    });
  }

  async finish(id: string, end: End, report: Report | undefined): Promise<void> {
    checkEnd(id, end.state, report);
    const json = report === undefined ? undefined : JSON.stringify(report);
    this.#write(() => {
      const row = this.#one('SELECT state FROM run WHERE id = ?', id);
      if (row === undefined) throw fault('RUN_UNKNOWN', [id]);
      if (row.state !== 'running') throw fault('INTERNAL', [`run ${id} has already ended as ${row.state}`]);
      if (json !== undefined) this.#run('INSERT INTO report (run, json) VALUES (?, ?)', id, json);
      this.#end(id, end, outcomeOf(end.state, report?.verdict.kind));
    });
  }

  async requestStop(id: string | undefined): Promise<number> {
    return this.#write(() =>
      id === undefined
        ? this.#run(`UPDATE run SET stop_requested = 1 WHERE state = 'running'`)
        : this.#run(`UPDATE run SET stop_requested = 1 WHERE state = 'running' AND id = ?`, id),
    );
  }

  async sweep(at: Epoch): Promise<readonly string[]> {
    if (this.#dead(at).length === 0) return [];
    return this.#write(() => {
      const dead = this.#dead(at);
      for (const row of dead) {
        const why = `the process that ran it (${row.pid} on ${row.place}) ended or fell silent before the run was over`;
        this.#end(String(row.id), { state: 'aborted', why, at }, 'aborted');
      }
      return dead.map((row) => String(row.id));
    });
  }

  async run(id: string) {
    const row = this.#one('SELECT * FROM run WHERE id = ?', id);
    return row && runOfRow(row);
  }

  async runs({ target, limit, before }: Filter) {
    const rows = this.#all(
      `SELECT * FROM run WHERE (?1 IS NULL OR target = ?1) AND (?2 IS NULL OR seq < (SELECT seq FROM run WHERE id = ?2))
       ORDER BY seq DESC LIMIT ?3`,
      target ?? null,
      before ?? null,
      limit,
    );
    return rows.map(runOfRow);
  }

  async report(id: string): Promise<Report | undefined> {
    const row = this.#one('SELECT json FROM report WHERE run = ?', id);
    return row && reportOf(row);
  }

  async latest(target: string): Promise<Report | undefined> {
    return this.#newest(target, `state = 'complete'`);
  }

  async latestAnswer(target: string): Promise<Report | undefined> {
    return this.#newest(target, `outcome = 'ok'`);
  }

  async counts() {
    const rows = this.#all(
      `SELECT target, outcome, count(*) AS count FROM run WHERE state <> 'running' GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    return rows.map(countOfRow);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #newest(target: string, which: string): Report | undefined {
    const row = this.#one(`SELECT id FROM run WHERE target = ? AND ${which} ORDER BY seq DESC LIMIT 1`, target);
    if (row === undefined) return undefined;
    const run = String(row.id);
    const known = this.#read.get(`${which} ${target}`);
    if (known?.run === run) return known.report;
    const json = this.#one('SELECT json FROM report WHERE run = ?', run);
    if (json === undefined) return undefined;
    const report = reportOf(json);
    this.#read.set(`${which} ${target}`, { run, report });
    return report;
  }

  #refuseHeld(names: readonly string[]): void {
    for (const name of names) {
      const held = this.#one('SELECT run FROM held WHERE name = ?', name);
      if (held !== undefined) throw fault('RUN_BUSY', [name, String(held.run)]);
    }
  }

  #enter({ id, target, kind, at }: Wanted): void {
    const { place, pid, born } = this.#me;
    this.#run(
      `INSERT INTO run (id, target, kind, state, started, place, pid, born, beat) VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?)`,
      ...[id, target, kind, at, place, pid, born, at],
    );
  }

  #end(id: string, { state, why, at }: End, outcome: string): void {
    this.#run(
      'UPDATE run SET state = ?, why = ?, ended = ?, outcome = ? WHERE id = ?',
      ...[state, why ?? null, at, outcome, id],
    );
    this.#run('DELETE FROM held WHERE run = ?', id);
  }

  #dead(at: Epoch): readonly Row[] {
    return this.#all(`SELECT id, place, pid, born, beat FROM run WHERE state = 'running'`).filter(
      (row) => !(isAlive(ownerOfRow(row)) ?? at - Number(row.beat) <= silence),
    );
  }

  #run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#database.prepare(sql).run(...values).changes);
  }

  #all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    try {
      return this.#database.prepare(sql).all(...values);
    } catch (error) {
      throw brokenBy(this.#file, error);
    }
  }

  #one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#all(sql, ...values)[0];
  }

  /** All or nothing, and alone: no other process writes between the first look and the last. */
  #write<T>(work: () => T): T {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      const broken = brokenBy(this.#file, error);
      if (broken.code === 'STORE_BROKEN') this.#writeFailed();
      throw broken;
    }
  }
}

function reportOf(row: Row): Report {
  const report: Report = JSON.parse(String(row.json));
  return report;
}
