import { Errors } from 'typebox/value';
import { expect, test } from 'vitest';
import { ReportSchema } from '../../src/model/report.ts';
import { dataInvalid } from './fixtures/data-invalid.ts';
import { notReached } from './fixtures/not-reached.ts';
import { saturated } from './fixtures/saturated.ts';
import { unobservedLimit } from './fixtures/unobserved-limit.ts';

test.each([saturated, notReached, dataInvalid, unobservedLimit])(
  'the $verdict.kind fixture is a report as published',
  (report) => {
    expect([...Errors(ReportSchema, report)]).toEqual([]);
    for (const resource of report.resources) {
      expect(resource.curve.length).toBe(report.sheet.windows.length);
      for (const proof of resource.evidence) expect(report.sheet.rows[proof.row]?.role).toBe(proof.role);
    }
  },
);
