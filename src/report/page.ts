import type { Chart } from './chart.ts';
import { htmlOf, inlined, island, type Markup, markup } from './markup.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/**
 * What a page carries along so that it works without a network: uPlot's script (dist/uPlot.iife.min.js) and style
 * (dist/uPlot.min.css), and the nonce of its content security policy, new for every page.
 */
export type Assets = { readonly script: string; readonly style: string; readonly nonce: string };

type Content = {
  readonly title: string;
  readonly body: readonly Markup[];
  readonly charts: readonly Chart[];
  /** The document that the page shows, for machines that read the page. */
  readonly document: unknown;
};

/** A whole page: nothing is fetched, nothing runs but the two scripts of our own, and nothing else may (Content-Security-Policy). */
export function page({ title, body, charts, document }: Content, { script, style, nonce }: Assets): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const drawing = charts.length === 0 ? undefined : drawn(charts, script, nonce);
  return htmlOf(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${inlined(style)}${inlined(pageStyle)}</style>
</head>
<body>
${body}
<script type="application/json" id="document">${island(document)}</script>
${drawing}
</body>
</html>
`);
}

function drawn(charts: readonly Chart[], script: string, nonce: string): Markup {
  return markup`<script type="application/json" id="charts">${island(charts)}</script>
<script nonce="${nonce}">${inlined(script)}</script>
<script nonce="${nonce}">${inlined(pageScript)}</script>`;
}
