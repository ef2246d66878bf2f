import { Value } from 'typebox/value';
import { type Report, ReportSchema } from './report.ts';

/** Reads a report from JSON text; what comes back as text says why it is none. Fields that are not known yet are kept. */
export function readReport(text: string): Report | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (Value.Check(ReportSchema, value)) return value;
  const [first] = Value.Errors(ReportSchema, value);
  return first
    ? `${first.instancePath || 'the whole'} ${first.message}`
    : 'it does not have the fields of plimsoll/report/v1';
}
