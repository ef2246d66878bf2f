import { defineConfig } from 'vitest/config';

/** Unit, property and scenario tests run under Node's own loader: what runs in production is what is tested. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**', 'test/surface/**', 'test/packed/**'],
    pool: 'threads',
    isolate: false,
    experimental: { viteModuleRunner: false },
  },
});
