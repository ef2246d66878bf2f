import { CsvError, parse } from 'csv-parse/sync';
import { fault } from '../faults.ts';
import type { Feeder } from '../model/script.ts';

type Rows = Pick<Feeder, 'columns' | 'rows'>;

/** Longer texts are no feeder: every worker thread keeps a copy. */
const longest = 32 * 1024 * 1024;

/**
 * Reads the rows of a feeder: CSV (RFC 4180, the first line names the columns) or, where the file is called `.json`, a list of flat objects with the same keys.
 * No message shows a value: rows may hold passwords.
 *
 * @throws CONFIG_INVALID with file and line (CSV) or file and row (JSON) where the text cannot be read
 */
export function readRows(text: string, file: string): Rows {
  if (text.length > longest) throw fault('CONFIG_INVALID', [file, 'the file is longer than 32 MiB']);
  const read = file.toLowerCase().endsWith('.json') ? rowsOfJson(text, file) : rowsOfCsv(text, file);
  if (read.rows.length === 0) throw fault('CONFIG_INVALID', [file, 'there are no rows in it']);
  return read;
}

function rowsOfCsv(text: string, file: string): Rows {
  const [head, ...rows] = linesOf(text, file);
  if (head === undefined) throw fault('CONFIG_INVALID', [file, 'the file is empty; its first line names the columns']);
  const columns = head.map((name) => name.trim());
  checkColumns(columns, `${file}:1`);
  return { columns, rows };
}

function linesOf(text: string, file: string): readonly (readonly string[])[] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = lineOf(error, text);
    throw fault('CONFIG_INVALID', [line === undefined ? file : `${file}:${line}`, brokenBecause(error)]);
  }
}

/** Where the row is that cannot be read. That a quote is never closed is only known at the end of the text: the parser tells after how many bytes what it belongs to began. */
function lineOf({ code, lines, bytes }: CsvError, text: string): number | undefined {
  if (code !== 'CSV_QUOTE_NOT_CLOSED' || typeof bytes !== 'number')
    return typeof lines === 'number' ? lines : undefined;
  const before = new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes));
  return text.slice(0, text.indexOf('"', before.length)).split('\n').length;
}

function brokenBecause({ code, record, message }: CsvError): string {
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
    const found = Array.isArray(record)
      ? `has ${record.length} field${record.length === 1 ? '' : 's'}`
      : 'has other fields';
    const named = /expect (\d+)/.exec(message)?.[1];
    return `this row ${found}, and the first line names ${named ?? 'another number of'} columns`;
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote that opens here is never closed';
  if (code === 'INVALID_OPENING_QUOTE') return 'a quote stands inside a field that does not begin with one';
  return `this row cannot be read as CSV (${code})`;
}

function rowsOfJson(text: string, file: string): Rows {
  const value = jsonIn(text, file);
  if (!Array.isArray(value)) throw fault('CONFIG_INVALID', [file, 'the file is not a list of objects']);
  const [first] = value;
  const columns = isRecord(first) ? Object.keys(first) : [];
  checkColumns(columns, file);
  return { columns, rows: value.map((row: unknown, index) => rowOf(row, columns, `${file}: row ${index + 1}`)) };
}

function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fault('CONFIG_INVALID', [file, 'the file is not JSON']);
  }
}

function rowOf(row: unknown, columns: readonly string[], where: string): readonly string[] {
  if (!isRecord(row)) throw fault('CONFIG_INVALID', [where, 'this is not an object']);
  const odd = Object.keys(row).find((key) => !columns.includes(key));
  if (odd !== undefined) throw fault('CONFIG_INVALID', [where, `the key "${odd}" is not in the first row`]);
  return columns.map((column) => textOf(row, column, where));
}

function textOf(row: Readonly<Record<string, unknown>>, column: string, where: string): string {
  const value = Object.hasOwn(row, column) ? row[column] : undefined;
  if (value === undefined) throw fault('CONFIG_INVALID', [where, `there is no "${column}", which the first row has`]);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw fault('CONFIG_INVALID', [where, `"${column}" is neither a text, a number, nor true or false`]);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function checkColumns(columns: readonly string[], where: string): void {
  const odd = columns.find((name) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name));
  if (columns.length === 0) throw fault('CONFIG_INVALID', [where, 'no columns are named here']);
  if (odd !== undefined)
    throw fault('CONFIG_INVALID', [
      where,
      `"${odd.slice(0, 40)}" is no name for a column; use letters, digits, "_" and "-"`,
    ]);
  const twice = columns.find((name, index) => columns.indexOf(name) < index);
  if (twice !== undefined) throw fault('CONFIG_INVALID', [where, `the column "${twice}" is named twice`]);
}
