import { PGlite } from '@electric-sql/pglite'
import { dataDir } from '@electric-sql/pglite-prepopulatedfs'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

/** PostgreSQL inside this process, or the server that TEST_DATABASE_URL names. */
export default async function openDatabase(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) {
    project.provide('databaseUrl', given)
    return async () => {}
  }

  const db = await PGlite.create({ loadDataDir: await dataDir() })
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 20 })
  await server.start()
  project.provide('databaseUrl', `postgres://postgres:postgres@${server.getServerConn()}/postgres`)
  return async () => {
    await server.stop()
    await db.close()
  }
}
