import type { Comparison } from '../model/comparison.ts';
import { type ComparisonGroup, comparisonGroups } from './comparison-groups.ts';
import { comparisonColumns, differenceRows, findingWords, runRows } from './comparison-rows.ts';
import { escaped, markdownTable } from './markdown-text.ts';

/** A comparison for merge requests, tickets and chats that read GitHub's Markdown. */
export function comparisonMarkdown(comparison: Comparison): string {
  const names = comparisonColumns(comparison).map(({ name }) => name);
  const differences = differenceRows(comparison);
  const hasEffects = differences.some(({ effect }) => effect !== '');
  const sections = [
    `## ${escaped(comparison.sentence)}`,
    '### Runs',
    markdownTable(
      ['run', 'verdict', 'first saturated', 'capacity', 'carries', 'id'],
      runRows(comparison).map((row) =>
        [row.name, row.verdict, row.first, row.capacity, row.headroom, row.id].map(escaped),
      ),
    ),
    ...(differences.length === 0
      ? []
      : [
          '### Differences',
          markdownTable(
            ['', 'what', ...names, 'ratio', ...(hasEffects ? ['effect'] : [])],
            differences.map((row) =>
              [row.word, row.what, ...row.values, row.ratio, ...(hasEffects ? [row.effect] : [])].map(escaped),
            ),
            names,
          ),
          ...comparisonGroups(comparison).map(groupText),
        ]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function groupText({ title, lines }: ComparisonGroup): string {
  const list = lines.map(({ finding, text }) => `- ${findingWords[finding].sign} ${escaped(text)}`);
  return [`**${title}**`, '', ...list].join('\n');
}
