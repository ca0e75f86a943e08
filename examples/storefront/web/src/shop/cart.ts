import type { Line } from './types'

export type Cart = readonly Line[]

export const MOST_PIECES = 99
const STORED_AS = 'tidewater-cart'

/** A quantity of 0 takes the product out. */
export function withQuantity(cart: Cart, productId: number, quantity: number): Cart {
  const wanted = Math.min(quantity, MOST_PIECES)
  if (wanted <= 0) return cart.filter((line) => line.productId !== productId)
  if (cart.some((line) => line.productId === productId)) {
    return cart.map((line) => (line.productId === productId ? { productId, quantity: wanted } : line))
  }
  return [...cart, { productId, quantity: wanted }]
}

export function quantityOf(cart: Cart, productId: number): number {
  return cart.find((line) => line.productId === productId)?.quantity ?? 0
}

export function pieces(cart: Cart): number {
  return cart.reduce((total, line) => total + line.quantity, 0)
}

export function loadCart(storage: Storage): Cart {
  try {
    const stored: unknown = JSON.parse(storage.getItem(STORED_AS) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isLine) : []
  } catch {
    // Someone else's or half a cart: an empty one is better than no shop.
    return []
  }
}

export function saveCart(storage: Storage, cart: Cart): void {
  storage.setItem(STORED_AS, JSON.stringify(cart))
}

function isLine(value: Partial<Line> | null): value is Line {
  return Number.isInteger(value?.productId) && Number.isInteger(value?.quantity)
}
