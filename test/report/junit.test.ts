import { expect, test } from 'vitest';
import { headroomOf } from '../../src/analyse/capacity/headroom.ts';
import { perSecond } from '../../src/model/units.ts';
import { junit, junitOf } from '../../src/report/junit.ts';
import { dataInvalid } from './fixtures/data-invalid.ts';
import { hostile } from './fixtures/hostile.ts';
import { saturated } from './fixtures/saturated.ts';
import { unobservedLimit } from './fixtures/unobserved-limit.ts';

const counts = (xml: string) => /<testsuites [^>]*>/u.exec(xml)?.[0];

test('a run that carries the reference load passes, though it drove the target to its limit', () => {
  expect(counts(junit(saturated))).toBe('<testsuites name="plimsoll" tests="9" failures="0" errors="0" skipped="1">');
});

test('an objective that is crossed at or below the reference load fails', () => {
  const report = { ...saturated, objectives: [{ text: 'p99 at most 30 ms', crossed: true, upTo: 150 }] };
  expect(junit(report)).toContain('name="p99 at most 30 ms"><failure message="crossed by 150 requests/s"/>');
});

test('a reference load beyond the capacity fails, and an answer that is none is an error', () => {
  const xml = junit(unobservedLimit);
  expect(xml).toContain('name="the reference load is carried"><failure message="headroom 0 % at 320 requests/s"/>');
  expect(xml).toContain('name="the run gives an answer"><error message="Goodput stopped following');
});

test('a reference load of which less is known to be carried cannot be told', () => {
  const headroom = headroomOf({ kind: 'at-least', low: 86.6 }, perSecond(120), 'expected') ?? null;
  expect(junit({ ...saturated, headroom })).toContain(
    'name="the reference load is carried"><skipped message="cannot be told: no more than 86.6/s is known to be carried"/>',
  );
});

test('a blind spot is skipped with its reason', () => {
  expect(junit(dataInvalid)).toContain(
    '<skipped message="no series matches the selector; to see it: scrape postgres_exporter"/>',
  );
});

test('nothing that a label value holds ends an element or an attribute, and XML 1.0 can hold it', () => {
  const xml = junit(hostile);
  expect(xml).not.toMatch(/(?!\n)\p{Cc}/u);
  const skeleton = xml.replaceAll(/="[^"]*"/gu, '=""').replaceAll(/>[^<]*</gu, '><');
  const tags = new Set(skeleton.match(/<[^>]*>/gu)?.map((tag) => tag.replace(/^<\/?(\?xml|[\w-]+).*$/u, '$1')));
  expect([...tags].sort()).toEqual(['?xml', 'failure', 'skipped', 'system-out', 'testcase', 'testsuite', 'testsuites']);
});

test('several reports are one document with a suite each, and its counts add up', () => {
  const xml = junitOf([saturated, unobservedLimit]);
  expect(xml.match(/<\?xml/gu)).toHaveLength(1);
  expect(xml.match(/<testsuite /gu)).toHaveLength(2);
  // 9 cases of the one; verdict, headroom and one resource of the other
  expect(counts(xml)).toBe('<testsuites name="plimsoll" tests="12" failures="1" errors="1" skipped="1">');
});

test('an objective that cannot be told is skipped, with the reason', () => {
  const open = 'at 200/s it lies between 250 ms and 500 ms';
  const report = { ...saturated, objectives: [{ text: 'p99 ≤ 300 ms', crossed: false, upTo: null, open }] };
  expect(junit(report)).toContain(`name="p99 ≤ 300 ms"><skipped message="cannot be told: ${open}"/>`);
});

test('an objective that was missed for a while at or below the reference load fails', () => {
  const missed = { load: 150, text: 'in 2 of 12 windows, at 150/s (the worst 22.4 %)' };
  const report = { ...saturated, objectives: [{ text: 'errors ≤ 1 %', crossed: false, upTo: null, missed }] };
  expect(junit(report)).toContain(`name="errors ≤ 1 %"><failure message="missed ${missed.text}"/>`);
});
