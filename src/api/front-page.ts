import type { TargetView } from './schemas.ts';

const look = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2733;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:1.5rem 0 .2rem}p{margin:.2rem 0}.faint{color:#5b6b7a}
@media (prefers-color-scheme:dark){body{color:#e4eaf0;background:#14191f}a{color:#8ab8ff}.faint{color:#9aa8b5}}`;

/** The page at the top: targets, what the newest report of each says, and where to read on. */
export function frontPage(targets: readonly TargetView[], version: string): string {
  const sections = targets.map(section).join('\n') || '<p>There is no target in the configuration.</p>';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plimsoll</title>
<style>${look}</style>
</head>
<body>
<h1>Plimsoll</h1>
${sections}
<p class="faint">Version ${escaped(version)}. <a href="/openapi.json">API</a>, <a href="/metrics">metrics</a>, <a href="/api/v1/runs">runs</a>.</p>
</body>
</html>
`;
}

function section({ name, latest, headroom, limits }: TargetView): string {
  const said =
    latest === null
      ? '<p class="faint">No run of it is complete yet.</p>'
      : `<p>${escaped(latest.sentence)}</p>
<p class="faint">Run ${escaped(latest.run)}, ${escaped(latest.to)}: <a href="${escaped(latest.report)}.html">report</a>, <a href="${escaped(headroom)}?format=text">headroom</a></p>`;
  const only = limits === null ? '<p class="faint">Only observed: it has no load in the configuration.</p>' : '';
  return `<h2>${escaped(name)}</h2>\n${said}${only}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
