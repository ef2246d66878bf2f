import type { Checked } from './handed.ts';

/** What a good configuration comes to, one line a target. */
export function checkedInWords({ file, targets, notes }: Checked): string {
  const lines = targets.map(({ name, components, loadable }) => {
    const may = loadable ? 'may be loaded' : 'may only be observed';
    return `  ${name}: ${components.join(', ')}; ${may}`;
  });
  return [`${file} is good`, ...lines, ...notes.map((note) => `  note: ${note.text}`)].join('\n');
}
