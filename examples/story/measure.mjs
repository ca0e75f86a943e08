// node measure.mjs [3-recommendations] [seconds]
// Three replicas of the storefront, with or without a change on top, under production's traffic.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const REPLICAS = 3
const VISITS_PER_SECOND = 10 // each asks for /, the catalogue and one product: 30 GET requests
const change = process.argv[2]?.startsWith('3') ? process.argv[2] : undefined
const seconds = Number(process.argv[change ? 3 : 2] ?? 70)

const shop = mkdtempSync(join(tmpdir(), 'storefront-'))
try {
  build()
  const database = await openDatabase()
  const replicas = await Promise.all(Array.from({ length: REPLICAS }, () => startReplica(database.url)))
  report(await sendTraffic(replicas))
  for (const { process } of replicas) {
    process.kill('SIGTERM')
    await once(process, 'exit')
  }
  await database.close()
} finally {
  rmSync(shop, { recursive: true })
}

function build() {
  const notBuilt = (path) => !/node_modules|dist|coverage/.test(path.slice(import.meta.dirname.length))
  cpSync(join(import.meta.dirname, '../storefront'), shop, { recursive: true, filter: notBuilt })
  if (change) cpSync(join(import.meta.dirname, change, 'overlay'), shop, { recursive: true })
  const npm = (...command) => execFileSync('npm', command, { cwd: join(shop, 'api'), stdio: ['ignore', 'ignore', 'inherit'] })
  npm('ci')
  npm('run', 'build')
}

async function openDatabase() {
  const require = createRequire(join(shop, 'api/package.json'))
  const { PGlite } = require('@electric-sql/pglite')
  const { PGLiteSocketServer } = require('@electric-sql/pglite-socket')
  const db = await PGlite.create()
  const migrations = join(shop, 'db/migrations')
  for (const file of readdirSync(migrations).filter((name) => name.startsWith('V')).sort()) {
    await db.exec(readFileSync(join(migrations, file), 'utf8'))
  }
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 50 })
  await server.start()
  const close = async () => {
    await server.stop()
    await db.close()
  }
  return { url: `postgres://postgres:postgres@${server.getServerConn()}/postgres`, close }
}

async function startReplica(databaseUrl) {
  const port = await freePort()
  const environment = { ...process.env, PORT: String(port), DATABASE_URL: databaseUrl }
  const replica = spawn(process.execPath, ['server.js'], { cwd: join(shop, 'api/dist'), env: environment, stdio: 'inherit' })
  const replicaUrl = `http://127.0.0.1:${port}`
  while (!(await fetch(`${replicaUrl}/health`).catch(() => undefined))?.ok) await sleep(100)
  return { process: replica, url: replicaUrl, answered: 0, unhealthyAfter: undefined, peakMb: 0 }
}

async function freePort() {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  return port
}

/** Health is asked twice a second. The proxy answers `/` from files, so two requests of a visit reach a replica. */
async function sendTraffic(replicas) {
  const result = { replicas, failed: 0, slowestMs: 0, visits: 0 }
  const started = performance.now()
  const at = () => (performance.now() - started) / 1000
  const pending = []
  let next = 0

  const ask = async (path, visitor) => {
    const replica = replicas[next++ % REPLICAS]
    const began = performance.now()
    try {
      const headers = { Cookie: `visitor=${visitor}` }
      const response = await fetch(replica.url + path, { headers, signal: AbortSignal.timeout(5_000) })
      await response.text()
      if (!response.ok) result.failed++
      if (replica.unhealthyAfter === undefined) replica.answered++
    } catch {
      result.failed++
    }
    result.slowestMs = Math.max(result.slowestMs, performance.now() - began)
  }
  const watch = async (replica) => {
    const response = await fetch(`${replica.url}/health`)
    const { memory } = await response.json()
    replica.peakMb = Math.max(replica.peakMb, memory.usedMb)
    replica.firstMb ??= memory.usedMb
    if (response.status === 503) replica.unhealthyAfter ??= at()
  }

  for (let tick = 0; at() < seconds; tick++) {
    const visitor = `visitor-${result.visits++}`
    pending.push(ask('/api/products', visitor), ask(`/api/products/${(tick % 12) + 1}`, visitor))
    if (tick % (VISITS_PER_SECOND / 2) === 0) pending.push(...replicas.map(watch))
    await sleep((tick + 1) * (1000 / VISITS_PER_SECOND) - at() * 1000)
  }
  await Promise.all(pending)
  return result
}

function report({ replicas, failed, slowestMs, visits }) {
  console.log(`${change ?? 'storefront'}: ${visits} visits in ${seconds} s, ${failed} requests failed, slowest ${slowestMs.toFixed(0)} ms`)
  replicas.forEach(({ unhealthyAfter, answered, firstMb, peakMb }, index) => {
    const health = unhealthyAfter === undefined ? 'healthy' : `503 after ${unhealthyAfter.toFixed(1)} s and ${answered} answers`
    console.log(`  replica ${index + 1}: ${health}, memory ${firstMb} MB at the start, ${peakMb} MB at most`)
  })
}
