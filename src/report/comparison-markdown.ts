import type { Comparison } from '../model/comparison.ts';
import { differenceRows, runRows } from './comparison-rows.ts';
import { escaped, markdownTable } from './markdown-text.ts';

/** A comparison for merge requests, tickets and chats that read GitHub's Markdown. */
export function comparisonMarkdown(comparison: Comparison): string {
  const ids = comparison.reports.map(({ run }) => escaped(run.id));
  const differences = differenceRows(comparison);
  const sections = [
    `## ${escaped(comparison.sentence)}`,
    '### Runs',
    markdownTable(
      ['run', 'verdict', 'first saturated', 'capacity', 'carries'],
      runRows(comparison).map((row) => [row.id, row.verdict, row.first, row.capacity, row.headroom].map(escaped)),
    ),
    ...(differences.length === 0
      ? []
      : [
          '### Differences',
          markdownTable(
            ['', 'what', ...ids, 'ratio'],
            differences.map((row) => [row.word, row.what, ...row.values, row.ratio].map(escaped)),
            ids,
          ),
          differences.map(({ sentence }) => `- ${escaped(sentence)}`).join('\n'),
        ]),
  ];
  return `${sections.join('\n\n')}\n`;
}
