import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Format, Look } from './cli/handed.ts';
import type { Comparison } from './model/comparison.ts';
import type { Report } from './model/report.ts';
import { comparisonHtml } from './report/comparison-html.ts';
import { comparisonMarkdown } from './report/comparison-markdown.ts';
import { comparisonTerminal } from './report/comparison-terminal.ts';
import { html } from './report/html.ts';
import { json } from './report/json.ts';
import { junit, junitOf } from './report/junit.ts';
import { markdown } from './report/markdown.ts';
import { oneLine } from './report/one-line.ts';
import type { Assets } from './report/page.ts';
import { ansi, plain } from './report/paint.ts';
import { terminal } from './report/terminal.ts';

const widest = 120;
const lookOf = ({ columns, colour }: Look) => ({ width: Math.min(widest, columns), paint: colour ? ansi : plain });

/** What a page carries along, read from where npm installed it; the nonce is new for every page. */
function assets(nonce = randomBytes(16).toString('base64')): Assets {
  const { resolve } = createRequire(import.meta.url);
  const read = (file: string): string => readFileSync(resolve(`uplot/dist/${file}`), 'utf8');
  return {
    script: read('uPlot.iife.min.js'),
    style: read('uPlot.min.css'),
    nonce,
  };
}

/** A report in one of its forms. */
export function printReport(report: Report, format: Format, look: Look): string {
  const forms: Readonly<Record<Format, () => string>> = {
    text: () => terminal(report, lookOf(look)),
    json: () => json(report),
    markdown: () => markdown(report),
    junit: () => junit(report),
    html: () => html(report, assets()),
  };
  return forms[format]();
}

/** A comparison in one of its forms. */
export function printComparison(comparison: Comparison, format: Format, look: Look): string {
  const forms: Readonly<Record<Format, () => string>> = {
    text: () => comparisonTerminal(comparison, lookOf(look)),
    json: () => json(comparison),
    markdown: () => comparisonMarkdown(comparison),
    junit: () => junitOf(comparison.reports),
    html: () => comparisonHtml(comparison, assets()),
  };
  return forms[format]();
}

/** How the service tells a report. */
export function tellings() {
  return {
    line: oneLine,
    text: (report: Report) => terminal(report, { width: 100, paint: plain }),
    markdown,
    html: (report: Report, nonce: string) => html(report, assets(nonce)),
  };
}
