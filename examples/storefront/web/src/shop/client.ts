import type { Customer, Line, Order, Product, Quote, Version } from './types'

/** The server's no, in words that a customer can act on. */
export class Refused extends Error {}

export const fetchProducts = async () => (await call<{ products: Product[] }>('/api/products')).products
export const fetchProduct = (id: number) => call<Product>(`/api/products/${id}`)
export const fetchVersion = () => call<Version>('/api/version')
export const fetchOrder = (id: string) => call<Order>(`/api/orders/${id}`)
export const fetchQuote = (lines: readonly Line[]) => call<Quote>('/api/quote', post({ lines }))

/** The same key never makes two orders, however often a customer clicks or a network repeats. */
export const placeOrder = (idempotencyKey: string, customer: Customer, lines: readonly Line[]) =>
  call<Order>('/api/orders', post({ customer, lines }, { 'Idempotency-Key': idempotencyKey }))

function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init)
  if (response.ok) return (await response.json()) as T
  throw new Refused(reasonIn(await response.json().catch(() => ({}))))
}

interface Refusal {
  readonly kind?: string
  readonly error?: string
  readonly shortages?: ReadonlyArray<{ available: number }>
}

function reasonIn(refusal: Refusal): string {
  if (refusal.kind === 'sold-out') {
    const left = refusal.shortages?.[0]?.available ?? 0
    return left > 0 ? `Only ${left} left of something in your cart.` : 'Something in your cart has just sold out.'
  }
  return refusal.error ?? 'The shop does not answer. Please try again.'
}
