import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app'
import { Tastes } from '../../src/recommendations/tastes'
import { memoryShop, type MemoryShop } from '../fakes/memory-shop'
import { CARAFE, checkout, CLOCK, MUG, product } from '../samples'

const BOWL = product(3, 'Pebble bowl', 1850, 64)

describe('a visitor', () => {
  let shop: MemoryShop
  let ask: (path: string, cookie?: string) => Promise<Response>

  beforeEach(() => {
    shop = memoryShop([MUG, BOWL, CLOCK, CARAFE])
    const health = { database: async () => {}, usedBytes: () => 0, memoryLimitMb: 192 }
    const app = createApp({ ...shop, health, version: { commit: '4f2a91c', release: '7', environment: 'test' } })
    ask = async (path, cookie) => app.request(path, cookie ? { headers: { Cookie: cookie } } : {})
  })

  it('sees first what was bought together, and never what is sold out', async () => {
    await shop.orders.place('key-one', checkout([MUG.id, 1], [CLOCK.id, 1]))
    const { alsoBought } = (await (await ask('/api/products/1')).json()) as { alsoBought: unknown[] }

    expect(alsoBought).toMatchObject([{ id: CLOCK.id }, { id: BOWL.id }])
  })

  it('is recognised by a cookie', async () => {
    const first = await ask('/api/products')
    const cookie = first.headers.get('Set-Cookie')!.split(';')[0]!

    expect(cookie).toMatch(/^visitor=[0-9a-f-]{36}$/)
    expect((await ask('/api/products', cookie)).headers.get('Set-Cookie')).toBeNull()
    expect((await ask('/api/products', 'visitor=<script>')).headers.get('Set-Cookie')).not.toBeNull()
  })

  it('gets recommendations from what they looked at', async () => {
    await ask('/api/products/1', 'visitor=ada')
    await ask('/api/products/9', 'visitor=ada')
    const { forYou } = (await (await ask('/api/products', 'visitor=ada')).json()) as { forYou: unknown[] }

    expect(forYou).toMatchObject([{ id: MUG.id }, { id: CLOCK.id }, { id: BOWL.id }])
  })
})

describe('tastes', () => {
  const noPairs = async () => []

  it('are remembered for the latest visitors only', async () => {
    const tastes = new Tastes(2)
    const ada = await tastes.of('ada', noPairs)
    await tastes.of('grace', noPairs)
    expect((await tastes.of('ada', noPairs)) === ada).toBe(true)

    await tastes.of('edith', noPairs)
    await tastes.of('joan', noPairs)
    expect((await tastes.of('ada', noPairs)) === ada).toBe(false)
  })

  it('grow with every two products that a visitor looks at', async () => {
    const taste = await new Tastes().of('ada', noPairs)
    for (const seen of [1, 3, 1, 9]) taste.look(seen)

    expect(taste.best([1, 3, 9, 12], 2, 1)).toEqual([3, 9])
    expect(taste.best([12], 2, 9)).toEqual([12])
  })
})
