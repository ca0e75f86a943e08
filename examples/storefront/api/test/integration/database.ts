import type { TestProject } from 'vitest/node'
import { openPglite } from './pglite'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

/** A database for all tests: our own, or the server that TEST_DATABASE_URL names. */
export default async function provideDatabase(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const database = given ? { url: given, close: async () => {} } : await openPglite()

  project.provide('databaseUrl', database.url)
  return () => database.close()
}
