const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A horizontal bar of `width` characters: full up to `low`, shaded up to `high`. Something that is not quite empty shows. */
export function bar({ low, high }: { readonly low: number; readonly high: number }, width: number): string {
  const parts = Math.max(Math.round(low * width * 8), low > 0 ? 1 : 0);
  const full = '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
  const shaded = '▒'.repeat(Math.max(0, Math.round(high * width) - full.length));
  return (full + shaded).padEnd(width, '░');
}
