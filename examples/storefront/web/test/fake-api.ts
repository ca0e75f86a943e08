import { vi } from 'vitest'
import type { Order, Product, Quote } from '../src/shop/types'

export const MUG = product(1, 'Harbour mug', 1495, 48, 'mug')
export const CLOCK = product(9, 'Slate clock', 4650, 3, 'clock')
export const CARAFE = product(12, 'Evening carafe', 3490, 0, 'carafe')

export const QUOTE: Quote = {
  lines: [{ productId: 1, quantity: 3, unitCents: 1495, discountCents: 449, totalCents: 4036 }],
  discountCents: 449,
  shippingCents: 490,
  totalCents: 4526,
}

export const ORDER: Order = {
  ...QUOTE,
  id: '5b1c7d0e-0000-4000-8000-000000000000',
  placedAt: '2025-01-02T03:04:05.000Z',
  customer: { name: 'Ada Byron', email: 'ada@example.com', address: '12 Quay Street' },
}

type Answer = [status: number, body: unknown]

/** Answers as the API does; `answers` replaces some of it. */
export function fakeApi(answers: Readonly<Record<string, Answer>> = {}) {
  const usual: Record<string, Answer> = {
    'GET /api/version': [200, { commit: '4f2a91c0d1e2f3a4', release: '7', environment: 'staging' }],
    'GET /api/products': [200, { products: [MUG, CLOCK, CARAFE] }],
    'GET /api/products/1': [200, MUG],
    'GET /api/products/12': [200, CARAFE],
    'POST /api/quote': [200, QUOTE],
    'POST /api/orders': [201, ORDER],
    [`GET /api/orders/${ORDER.id}`]: [200, ORDER],
  }
  const fake = vi.fn(async (path: string, init?: RequestInit) => {
    const request = `${init?.method ?? 'GET'} ${path}`
    const [status, body] = answers[request] ?? usual[request] ?? [404, { error: 'There is nothing here.' }]
    return new Response(JSON.stringify(body), { status })
  })
  vi.stubGlobal('fetch', fake)
  return fake
}

function product(id: number, name: string, priceCents: number, stock: number, drawing: string): Product {
  return { id, name, description: `A ${name}.`, category: 'Table', priceCents, stock, drawing, tint: '#2f6f8f' }
}
