import { defineConfig } from 'vitest/config'

export default defineConfig({
  build: { target: 'es2022' },
  server: {
    proxy: { '/api': 'http://127.0.0.1:3000' },
    // A test reads the seeded products.
    fs: { allow: ['.', '../db'] },
  },
  test: {
    environment: 'happy-dom',
    // Leaner than a process for each file; the tests clean up what they put on the page.
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
    include: ['test/**/*.test.{ts,tsx}'],
    reporters: ['default', ['junit', { outputFile: 'junit.xml' }]],
    coverage: {
      reporter: ['text', 'lcov', 'json-summary'],
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/main.tsx'],
    },
  },
})
