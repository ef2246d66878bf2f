import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fault, PlimsollFault } from '../faults.ts';
import type { Note } from '../model/note.ts';

const fileName = 'plimsoll.sqlite';
const schemaVersion = 1;

const schema = `
  CREATE TABLE run (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    target TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('probe', 'observe')),
    state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'aborted', 'failed')),
    outcome TEXT CHECK (outcome IN ('ok', 'inconclusive', 'aborted', 'error')),
    started REAL NOT NULL,
    ended REAL,
    why TEXT,
    stop_requested INTEGER NOT NULL DEFAULT 0,
    place TEXT NOT NULL,
    pid INTEGER NOT NULL,
    born TEXT NOT NULL,
    beat REAL NOT NULL
  ) STRICT;
  CREATE INDEX run_of_target ON run (target, seq);
  CREATE INDEX run_running ON run (seq) WHERE state = 'running';
  CREATE TABLE held (name TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES run (id)) STRICT, WITHOUT ROWID;
  CREATE TABLE report (run TEXT PRIMARY KEY REFERENCES run (id), json TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${schemaVersion};
`;

/** An open database, where it lies, and what a reader should know of how it was found. */
export type Opened = { readonly database: DatabaseSync; readonly file: string; readonly notes: readonly Note[] };

/**
 * Opens the one file of a store below a folder, which is made if need be. A file that is no sound database is moved aside and a fresh
 * one begun; a file of a newer Plimsoll is left as it is and refused with STORE_BROKEN.
 */
export function openDatabase(folder: string): Opened {
  const file = join(folder, fileName);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const seen = inode(file);
    const found = openSound(file);
    if (found !== undefined) return { database: found, file, notes: [] };
    const aside = moveAside(file, seen);
    return { database: openFresh(file), file, notes: [{ about: 'data', text: setAside(file, aside) }] };
  } catch (error) {
    throw brokenBy(file, error);
  }
}

/** The fault that says that the store cannot be used, whatever the cause. */
export function brokenBy(file: string, error: unknown): PlimsollFault {
  if (error instanceof PlimsollFault) return error;
  return fault('STORE_BROKEN', [file, error instanceof Error ? error.message : String(error)], error);
}

const setAside = (file: string, aside: string): string =>
  `the store at ${file} was damaged; it was moved to ${aside}, and a fresh one was begun, so earlier runs are not shown`;

/** So long (ms) a command waits for another that writes to the same store, before it gives up what it found out. */
const waits = 30_000;

/** The database, or undefined where the file is damaged. */
function openSound(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file, { timeout: waits });
  try {
    prepare(database, file);
    const [answer] = database.prepare('PRAGMA quick_check(1)').all();
    if (answer?.quick_check === 'ok') return database;
  } catch (error) {
    if (!isDamage(error)) {
      database.close();
      throw error;
    }
  }
  database.close();
  return undefined;
}

function openFresh(file: string): DatabaseSync {
  const database = openSound(file);
  if (database === undefined) throw new Error('a file that was just begun is damaged too');
  return database;
}

/** Two processes may open a new file at once: the first to write lays out the tables. */
function prepare(database: DatabaseSync, file: string): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  database.exec('BEGIN IMMEDIATE');
  const found = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (found === 0) database.exec(schema);
  database.exec('COMMIT');
  if (found > schemaVersion) {
    const why = `a newer Plimsoll wrote it (layout ${found}, this one reads up to ${schemaVersion})`;
    throw fault('STORE_BROKEN', [file, why]);
  }
}

/** SQLITE_CORRUPT is 11, SQLITE_NOTADB is 26; extended codes keep them in the low byte. */
function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  const code = Number(error.errcode) & 0xff;
  return code === 11 || code === 26;
}

const inode = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

/** Moves the damaged file and its journal to the first free name; where another process did so meanwhile, nothing is moved. */
function moveAside(file: string, seen: number | undefined): string {
  let number = 1;
  while (existsSync(`${file}.damaged-${number}`)) number += 1;
  const aside = `${file}.damaged-${number}`;
  if (inode(file) !== seen) return `${file}.damaged-${Math.max(1, number - 1)}`;
  renameSync(file, aside);
  for (const part of ['-wal', '-shm']) {
    if (existsSync(file + part)) renameSync(file + part, aside + part);
    rmSync(file + part, { force: true });
  }
  return aside;
}
