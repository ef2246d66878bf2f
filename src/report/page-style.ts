/** How the pages look: light and dark after the reader's setting, from 360 px on. Every colour is a variable, so that the charts can read it. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1c2126; --soft: #59626b; --faint: #8a939b; --line: #e2e0dc; --track: #ecebe7;
  --root: #c8321f; --root-2: #8e2a86; --symptom: #d98200; --good: #1f7a4d; --root-soft: #fbeae7; --good-soft: #e7f3ec; --warn-soft: #fbf1de;
  --hue-1: #1f6fb2; --hue-2: #0d8f83; --hue-3: #8a4fbd; --hue-4: #4c9ed9; --hue-5: #7a6a2f; --hue-6: #b84a86;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f23; --ink: #e7eaec; --soft: #a6afb7; --faint: #78828b; --line: #2e343a; --track: #2a3036;
    --root: #ff6f59; --root-2: #e58ae0; --symptom: #ffb340; --good: #58c48b; --root-soft: #38201d; --good-soft: #1b3026; --warn-soft: #362b17;
    --hue-1: #6db3f2; --hue-2: #4fd0c2; --hue-3: #bf93ec; --hue-4: #a9d3f5; --hue-5: #cdbb72; --hue-6: #ee8fbf;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 28px 24px 64px; max-width: 1180px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
header .run { color: var(--soft); font-size: 14px; margin: 0 0 12px; }
header .run b { color: var(--ink); }
h1 { font-size: clamp(21px, 2.6vw, 29px); line-height: 1.3; font-weight: 650; margin: 0; text-wrap: pretty; }
h2 { font-size: 18px; margin: 44px 0 12px; }
h3 { font-size: 15px; margin: 0 0 2px; }
table + h3, ul + h3 { margin-top: 20px; }
p { margin: 8px 0; }
ul { margin: 8px 0; padding-left: 20px; }
li { margin: 3px 0; }
.verdict { border-left: 6px solid var(--symptom); background: var(--warn-soft); padding: 18px 22px; border-radius: 4px 10px 10px 4px; }
.verdict.bad { border-color: var(--root); background: var(--root-soft); }
.verdict.neutral { border-color: var(--hue-1); background: var(--card); }
.verdict.good { border-color: var(--good); background: var(--good-soft); }
.verdict ul { color: var(--soft); font-size: 15px; margin-bottom: 0; }
.kind { display: inline-block; font-size: 12px; font-weight: 650; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin-bottom: 6px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(230px, 100%), 1fr)); gap: 14px; margin: 18px 0 0; }
.facts > div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px 14px; }
.remedy { margin: 14px 0 0; padding: 12px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.remedy b { font-weight: 400; font-size: 13px; color: var(--soft); display: block; }
dt { color: var(--soft); font-size: 13px; }
dd { margin: 0; font-size: 14px; color: var(--soft); }
dd .figure { display: block; font-size: 25px; font-weight: 650; line-height: 1.3; color: var(--ink); }
dd .plain { color: var(--ink); font-size: 15px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(430px, 100%), 1fr)); gap: 14px; }
figure { margin: 0; }
.chart { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px 8px; min-width: 0; }
.chart.wide { grid-column: 1 / -1; }
.chart .plot { min-width: 0; min-height: 40px; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 22px; padding: 0; margin: 0 0 12px; font-size: 14px; color: var(--soft); }
.key svg { margin-right: 6px; vertical-align: -1px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: left; color: var(--soft); padding-bottom: 6px; }
th { text-align: left; font-weight: 550; color: var(--soft); font-size: 13px; }
th, td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
.number { text-align: right; white-space: nowrap; }
.sheet th, .sheet td { white-space: nowrap; }
.remark code { overflow-wrap: anywhere; }
.name { min-width: 205px; font-weight: 600; color: var(--ink); font-size: 14px; }
.whole { white-space: nowrap; }
.because { display: block; font-weight: 400; font-size: 13px; color: var(--soft); }
.state { display: inline-block; min-width: 66px; font-size: 13px; font-weight: 650; }
.bad-ink { color: var(--root); } .warn-ink { color: var(--symptom); } .good-ink { color: var(--good); } .faint-ink { color: var(--faint); }
.bar { width: 92px; height: 9px; margin-right: 8px; vertical-align: 0; border-radius: 3px; }
.left { white-space: nowrap; }
.fill-track { fill: var(--track); } .pale { opacity: .35; } .fill-range { fill: var(--ink); opacity: .45; }
.fill-root, .fill-bad { fill: var(--root); } .fill-root-2 { fill: var(--root-2); } .fill-warn { fill: var(--symptom); } .fill-good { fill: var(--good); } .fill-faint { fill: var(--faint); } .fill-ink { fill: var(--ink); }
.pen { fill: none; stroke-width: 3; }
.pen-root { stroke: var(--root); } .pen-root-2 { stroke: var(--root-2); } .pen-symptom { stroke: var(--symptom); } .pen-good { stroke: var(--good); } .pen-ink { stroke: var(--ink); } .pen-faint { stroke: var(--faint); }
.pen-hue-1 { stroke: var(--hue-1); } .pen-hue-2 { stroke: var(--hue-2); } .pen-hue-3 { stroke: var(--hue-3); }
.pen-hue-4 { stroke: var(--hue-4); } .pen-hue-5 { stroke: var(--hue-5); } .pen-hue-6 { stroke: var(--hue-6); }
.swatch { width: 22px; height: 8px; margin-right: 6px; vertical-align: 1px; }
.short { color: var(--root); font-weight: 650; }
details { border-bottom: 1px solid var(--line); padding: 8px 0; }
summary { cursor: pointer; }
summary .count { color: var(--soft); font-size: 14px; }
.proof { margin: 10px 0 14px 18px; font-size: 14px; }
.proof .source { color: var(--soft); }
pre { margin: 6px 0; padding: 8px 12px; background: var(--track); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; line-height: 1.45; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .93em; }
.readings { color: var(--soft); font-size: 13px; }
footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; }
.uplot, .u-legend { font: inherit; color: inherit; }
.u-legend.u-inline { font-size: 13px; text-align: left; margin: 4px 0 2px; width: auto; }
.u-legend.u-inline tbody { display: flex; flex-wrap: wrap; }
.u-legend.u-inline tr { margin-right: 14px; }
.u-legend .u-series:first-child { order: 9; visibility: hidden; }
.plot:hover .u-legend .u-series:first-child { visibility: visible; }
.u-legend th, .u-legend td { border: 0; padding: 1px 3px 1px 0; color: var(--ink); font-size: 13px; font-weight: 500; }
.u-legend th, .u-legend td, .u-legend th > * { vertical-align: baseline; }
.u-legend .u-marker { position: relative; top: -4px; }
.u-legend .u-value { color: var(--soft); padding-left: 5px; }
.u-legend .u-marker { width: 18px; height: 0; margin-right: 6px; }
.u-legend .u-series:first-child .u-marker { display: none; }
.u-inline.u-live th::after { content: ""; }
@media (max-width: 640px) {
  body { padding: 16px 14px 48px; font-size: 15px; }
  .verdict { padding: 14px 16px; }
  .stacked thead { position: absolute; left: -9999px; }
  .stacked tbody tr { display: grid; gap: 2px 10px; padding: 9px 0; border-bottom: 1px solid var(--line); }
  .stacked td, .stacked tbody th { border: 0; padding: 0; }
  .stacked td:empty { display: none; }
  .stacked td[data-title]::before { content: attr(data-title) " "; color: var(--soft); font-size: 13px; }
  .resources tbody tr { grid-template-columns: 1fr; }
  .whole { white-space: normal; }
  .steps tbody tr { grid-template-columns: repeat(3, 1fr); }
  .stacked .number { text-align: left; }
  .steps .remark, .steps .name { grid-column: 1 / -1; }
}
@media print { body { max-width: none; } details { break-inside: avoid; } }
`;
