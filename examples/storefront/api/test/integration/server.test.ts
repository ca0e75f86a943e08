import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Settings } from '../../src/settings'
import { start, type Running } from '../../src/start'
import { checkout, orderRequest } from '../samples'
import { freshSchema } from './schema'

const version = { commit: '4f2a91c', release: '7', environment: 'test' }
let server: Running

const serve = (overrides: Partial<Settings> = {}) =>
  start({ port: 0, databaseUrl: inject('databaseUrl'), memoryLimitMb: 4096, version, ...overrides })
const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init)

beforeEach(async () => {
  await freshSchema(inject('databaseUrl'))
  server = await serve()
})

afterEach(() => server.stop())

describe('a customer', () => {
  it('finds, prices and orders a product over HTTP', async () => {
    const { products } = (await (await ask('/api/products')).json()) as { products: Array<{ id: number }> }
    expect(products).toHaveLength(12)

    const { lines } = checkout([products[0]!.id, 3])
    const quote = (await (await ask('/api/quote', orderRequest(undefined, { lines }))).json()) as object
    const placed = await ask('/api/orders', orderRequest('browser-1', checkout([products[0]!.id, 3])))

    expect(placed.status).toBe(201)
    expect(await placed.json()).toMatchObject(quote)
    expect(await (await ask('/api/products/1')).json()).toMatchObject({ stock: 45 })
  })
})

describe('health', () => {
  it('is good while the database answers', async () => {
    expect((await ask('/health')).status).toBe(200)
  })

  it('is bad when the database is away', async () => {
    const away = await serve({ databaseUrl: 'postgres://nobody:secret@127.0.0.1:1/shop' })
    const response = await fetch(`http://127.0.0.1:${away.port}/health`)
    await away.stop()

    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ reasons: [expect.stringContaining('ECONNREFUSED')] })
  })
})

describe('a server of pages', () => {
  it('does not start without them', async () => {
    await expect(serve({ pages: 'nowhere' })).rejects.toThrow('nowhere')
  })
})

describe('a server that stops', () => {
  it('answers the request that it has and takes no other', async () => {
    const leaving = await serve()
    const begun = request({
      port: leaving.port,
      path: '/api/orders',
      method: 'POST',
      agent: new Agent({ keepAlive: true }),
      headers: { 'Idempotency-Key': 'browser-1', Expect: '100-continue' },
    })
    begun.flushHeaders()
    await once(begun, 'continue')

    const stopped = leaving.stop()
    await expect(fetch(`http://127.0.0.1:${leaving.port}/health`)).rejects.toThrow('fetch failed')
    begun.end(JSON.stringify(checkout([1, 1])))

    const [response] = await once(begun, 'response')
    expect(response.statusCode).toBe(201)
    response.resume()
    await stopped
  })
})
