const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A horizontal bar of `width` characters, `ratio` of it full; something that is not quite empty shows. */
export function bar(ratio: number, width: number): string {
  const inside = Math.min(1, Math.max(0, ratio));
  const parts = Math.max(Math.round(inside * width * 8), inside > 0 ? 1 : 0);
  const full = '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
  return full + '░'.repeat(width - full.length);
}
