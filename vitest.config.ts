import { defineConfig } from 'vitest/config';

/** Unit, property and scenario tests run under Node's own loader: what runs in production is what is tested. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**', 'test/surface/**', 'test/packed/**'],
    pool: 'threads',
    isolate: false,
    // Two more than vitest would take on two cores: many tests wait for sockets and child processes.
    maxWorkers: 3,
    // How long a test may take says nothing about what it tests: a machine whose processors others use may be ten times slower. Only what hangs is to end.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    experimental: { viteModuleRunner: false },
  },
});
