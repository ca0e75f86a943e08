import { PGlite } from '@electric-sql/pglite'
import { dataDir } from '@electric-sql/pglite-prepopulatedfs'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

export interface RunningDatabase {
  readonly url: string
  close(): Promise<void>
}

/** PostgreSQL inside this process, empty, behind a socket that the ordinary driver talks to. */
export async function openPglite(): Promise<RunningDatabase> {
  const db = await PGlite.create({ loadDataDir: await dataDir() })
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 20 })
  await server.start()
  return {
    url: `postgres://postgres:postgres@${server.getServerConn()}/postgres`,
    async close() {
      await server.stop()
      await db.close()
    },
  }
}
