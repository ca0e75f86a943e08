import type { Quote } from '../pricing/pricing'

export interface Line {
  readonly productId: number
  readonly quantity: number
}

export interface Customer {
  readonly name: string
  readonly email: string
  readonly address: string
}

export interface Checkout {
  readonly customer: Customer
  /** Each product at most once. */
  readonly lines: readonly Line[]
}

export interface Order extends Quote {
  readonly id: string
  readonly placedAt: string
  readonly customer: Customer
}

export interface Shortage {
  readonly productId: number
  readonly available: number
}

export type Refusal =
  | { readonly kind: 'unknown-product'; readonly productIds: readonly number[] }
  | { readonly kind: 'sold-out'; readonly shortages: readonly Shortage[] }

export type Placement =
  | { readonly kind: 'placed'; readonly order: Order }
  | { readonly kind: 'repeated'; readonly order: Order }
  | { readonly kind: 'key-reused' }
  | Refusal

export interface Orders {
  /** The same key and checkout always mean the same one order, however often they arrive. */
  place(idempotencyKey: string, checkout: Checkout): Promise<Placement>
  find(id: string): Promise<Order | undefined>
}
