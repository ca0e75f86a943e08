import { createHash } from 'node:crypto'
import type { Checkout } from './order'

/** Equal for equal checkouts, whatever order their lines come in. */
export function digestOf(checkout: Checkout): string {
  const { name, email, address } = checkout.customer
  const lines = checkout.lines.map((line) => [line.productId, line.quantity] as const).toSorted((a, b) => a[0] - b[0])
  return createHash('sha256').update(JSON.stringify([name, email, address, lines])).digest('hex')
}
