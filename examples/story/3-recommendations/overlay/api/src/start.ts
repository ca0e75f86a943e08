import { serve } from '@hono/node-server'
import { access } from 'node:fs/promises'
import type { Server } from 'node:http'
import { Server as NetServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createApp } from './app'
import { postgresBoughtTogether } from './postgres/bought-together'
import { postgresCatalogue } from './postgres/catalogue'
import { answersWithin, openPool } from './postgres/database'
import { postgresOrders } from './postgres/orders'
import type { Settings } from './settings'

export interface Running {
  readonly port: number
  /** Refuses new requests, answers those it has, then lets go of the database. */
  stop(): Promise<void>
}

/** Longer than any proxy keeps an idle connection: whoever closes first must not be us. */
const KEEP_ALIVE_MS = 75_000
const LAST_CALL_MS = 300
const DATABASE_LIMIT_MS = 1_000

export async function start(settings: Settings): Promise<Running> {
  if (settings.pages !== undefined) await access(join(settings.pages, 'index.html'))
  const pool = openPool(settings.databaseUrl)
  const app = createApp({
    version: settings.version,
    catalogue: postgresCatalogue(pool),
    orders: postgresOrders(pool),
    boughtTogether: postgresBoughtTogether(pool),
    health: {
      database: () => answersWithin(pool, DATABASE_LIMIT_MS),
      usedBytes: () => process.memoryUsage.rss(),
      memoryLimitMb: settings.memoryLimitMb,
    },
    pages: settings.pages,
  })

  let stopping = false
  const server = await listen(async (request) => {
    const response = await app.fetch(request)
    // Otherwise a busy client's connection stays open for the keep-alive time.
    if (stopping) response.headers.set('Connection', 'close')
    return response
  }, settings.port)

  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      stopping = true
      await drain(server)
      await pool.end()
    },
  }
}

function listen(fetch: (request: Request) => Promise<Response>, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port }, () => resolve(server)) as Server
    server.keepAliveTimeout = KEEP_ALIVE_MS
    server.once('error', reject)
  })
}

/**
 * Takes no new connection. Requests that are on their way on an old one still get their answer;
 * closing those connections at once, as `server.close` does, would fail them.
 */
async function drain(server: Server): Promise<void> {
  const drained = new Promise<void>((resolve, reject) =>
    NetServer.prototype.close.call(server, (failure) => (failure ? reject(failure) : resolve())),
  )
  const lastCall = setTimeout(() => server.closeIdleConnections(), LAST_CALL_MS)
  await drained
  clearTimeout(lastCall)
}
