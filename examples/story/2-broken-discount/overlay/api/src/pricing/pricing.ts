/** Who takes three of a kind pays a tenth less for them, who takes five an eighth. */
const QUANTITY_DISCOUNTS = [
  { from: 5, percent: 12.5 },
  { from: 3, percent: 10 },
]
const SHIPPING_CENTS = 490
const FREE_SHIPPING_FROM_CENTS = 6_000

export interface PricedLine {
  readonly productId: number
  readonly unitCents: number
  readonly quantity: number
  readonly discountCents: number
  readonly totalCents: number
}

export interface Quote {
  readonly lines: readonly PricedLine[]
  readonly discountCents: number
  readonly shippingCents: number
  readonly totalCents: number
}

export function priceLine(productId: number, unitCents: number, quantity: number): PricedLine {
  const percent = QUANTITY_DISCOUNTS.find(({ from }) => quantity >= from)?.percent ?? 0
  const pieceCents = Math.round((unitCents * (100 - percent)) / 100)
  const totalCents = pieceCents * quantity
  return { productId, unitCents, quantity, discountCents: unitCents * quantity - totalCents, totalCents }
}

export function quote(lines: readonly PricedLine[]): Quote {
  const free = sum(lines.map((line) => line.totalCents)) >= FREE_SHIPPING_FROM_CENTS
  return withTotals(lines, free ? 0 : SHIPPING_CENTS)
}

export function withTotals(lines: readonly PricedLine[], shippingCents: number): Quote {
  return {
    lines,
    discountCents: sum(lines.map((line) => line.discountCents)),
    shippingCents,
    totalCents: sum(lines.map((line) => line.totalCents)) + shippingCents,
  }
}

function sum(cents: readonly number[]): number {
  return cents.reduce((total, each) => total + each, 0)
}
