import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, type Shop } from '../../src/app'
import { memoryShop } from '../fakes/memory-shop'
import { CARAFE, checkout, CLOCK, MUG, orderRequest } from '../samples'

let shop: Shop
const ask = (path: string, init?: RequestInit) => createApp(shop).request(path, init)

beforeEach(() => {
  shop = {
    version: { commit: '4f2a91c', release: '7', environment: 'test' },
    ...memoryShop([MUG, CLOCK, CARAFE]),
    health: { database: async () => {}, usedBytes: () => 0, memoryLimitMb: 192 },
  }
})

describe('the catalogue', () => {
  it('lists every product', async () => {
    expect(await (await ask('/api/products')).json()).toEqual({ products: [MUG, CLOCK, CARAFE] })
  })

  it('shows one product', async () => {
    expect(await (await ask('/api/products/9')).json()).toEqual(CLOCK)
  })

  it.each(['/api/products/404', '/api/products/mug', '/api/nothing'])('has nothing at %s', async (path) => {
    expect((await ask(path)).status).toBe(404)
  })
})

describe('a quote', () => {
  const quoteFor = (lines: unknown) => ask('/api/quote', orderRequest(undefined, { lines }))

  it('prices a cart', async () => {
    const response = await quoteFor([{ productId: 1, quantity: 3 }])

    expect(await response.json()).toMatchObject({ discountCents: 449, shippingCents: 490, totalCents: 4526 })
  })

  it('says what is sold out', async () => {
    const response = await quoteFor([{ productId: 12, quantity: 1 }])

    expect(response.status).toBe(409)
    expect(await response.json()).toEqual({ kind: 'sold-out', shortages: [{ productId: 12, available: 0 }] })
  })

  it('refuses what is not a cart', async () => {
    expect((await quoteFor('everything')).status).toBe(400)
  })
})

describe('an order', () => {
  const order = (key: string | undefined, body: unknown) => ask('/api/orders', orderRequest(key, body))

  it('is created once and can be looked up', async () => {
    const first = await order('browser-1', checkout([1, 1]))
    const second = await order('browser-1', checkout([1, 1]))

    expect([first.status, second.status]).toEqual([201, 200])
    const placed = await first.json()
    expect(await second.json()).toEqual(placed)
    expect(await (await ask(first.headers.get('Location')!)).json()).toEqual(placed)
  })

  it.each([undefined, 'short', 'with space'])('needs a good key, not %j', async (key) => {
    expect((await order(key, checkout([1, 1]))).status).toBe(400)
  })

  it('is refused with the reason', async () => {
    await order('browser-1', checkout([1, 1]))

    expect((await order('browser-1', checkout([1, 2]))).status).toBe(422)
    expect((await order('browser-2', checkout([9, 4]))).status).toBe(409)
    expect((await order('browser-3', checkout([99, 1]))).status).toBe(409)
    expect((await order('browser-4', 'not an order')).status).toBe(400)
    expect((await ask('/api/orders', { method: 'POST', body: '{', headers: { 'Idempotency-Key': 'browser-5' } })).status).toBe(400)
  })

  it('that nobody placed is not there', async () => {
    expect((await ask('/api/orders/00000000-0000-4000-8000-000000000000')).status).toBe(404)
    expect((await ask('/api/orders/1')).status).toBe(404)
  })
})

describe('the pages', () => {
  it('are served from a folder beside the API', async () => {
    shop = { ...shop, pages: '../web' }

    const page = await ask('/')

    expect(await page.text()).toContain('<title>')
    expect(page.headers.get('Cache-Control')).toBe('no-cache')
    expect((await ask('/api/version')).headers.get('Content-Type')).toContain('json')
    expect((await ask('/%2e%2e%2fapi/package.json')).status).toBe(404)
  })

  it('are somebody else\'s without one', async () => {
    expect((await ask('/')).status).toBe(404)
  })
})

describe('the service', () => {
  it('says which version it is', async () => {
    expect(await (await ask('/api/version')).json()).toEqual(shop.version)
  })

  it('answers 503 when it is not healthy', async () => {
    expect((await ask('/health')).status).toBe(200)

    shop = { ...shop, health: { ...shop.health, memoryLimitMb: 0 } }
    expect((await ask('/health')).status).toBe(503)
  })

  it('hides the cause of a failure from the customer, not from the log', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    shop = { ...shop, catalogue: { ...shop.catalogue, all: () => Promise.reject(new Error('relation "products"')) } }
    const response = await ask('/api/products')

    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('relation')
    expect(log).toHaveBeenCalledOnce()
  })
})
