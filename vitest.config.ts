import { defineConfig } from 'vitest/config';

/** Unit, property and scenario tests run under Node's own loader: what runs in production is what is tested. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**', 'test/surface/**', 'test/packed/**'],
    pool: 'threads',
    isolate: false,
    // How long a test may take says nothing about what it tests: a busy machine is slow.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    experimental: { viteModuleRunner: false },
  },
});
