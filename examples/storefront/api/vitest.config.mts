import { defineConfig } from 'vitest/config'

/** What only a database and a socket can prove: measured where they are used. */
const EDGES = ['src/start.ts', 'src/postgres/**']

/** `--mode unit` or `--mode integration`: the folder under test/ that runs. */
export default defineConfig(({ mode }) => ({
  test: {
    include: [`test/${mode}/**/*.test.ts`],
    // Integration tests share one database, so they take turns.
    ...(mode === 'integration' && { globalSetup: 'test/integration/database.ts', fileParallelism: false }),
    // Leaner than a process for each file; the tests share no state that they don't reset.
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    reporters: ['default', ['junit', { outputFile: 'junit.xml' }]],
    coverage: {
      reporter: ['text', 'lcov', 'json-summary'],
      include: mode === 'unit' ? ['src/**/*.ts'] : EDGES,
      exclude: mode === 'unit' ? ['src/server.ts', ...EDGES] : [],
    },
  },
}))
