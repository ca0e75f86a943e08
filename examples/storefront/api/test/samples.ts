import type { Product } from '../src/catalogue/product'
import type { Checkout } from '../src/orders/order'

export const MUG: Product = product(1, 'Harbour mug', 1495, 48)
export const CLOCK: Product = product(9, 'Slate clock', 4650, 3)
export const CARAFE: Product = product(12, 'Evening carafe', 3490, 0)

export function product(id: number, name: string, priceCents: number, stock: number): Product {
  return { id, name, description: `A ${name}.`, category: 'Table', priceCents, stock, drawing: 'mug', tint: '#2f6f8f' }
}

export function checkout(...lines: Array<[productId: number, quantity: number]>): Checkout {
  return {
    customer: { name: 'Ada Byron', email: 'ada@example.com', address: '12 Quay Street, Bristol' },
    lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
  }
}

export function orderRequest(key: string | undefined, body: unknown): RequestInit {
  const headers = { 'Content-Type': 'application/json', ...(key && { 'Idempotency-Key': key }) }
  return { method: 'POST', headers, body: JSON.stringify(body) }
}
