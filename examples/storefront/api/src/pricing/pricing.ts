/** Who takes three of a kind pays a tenth less for them. */
const QUANTITY_DISCOUNT = { from: 3, percent: 10 }
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
  const fullCents = unitCents * quantity
  const percent = quantity >= QUANTITY_DISCOUNT.from ? QUANTITY_DISCOUNT.percent : 0
  // Rounded once for the whole line; half a cent goes to the customer.
  const discountCents = Math.round((fullCents * percent) / 100)
  return { productId, unitCents, quantity, discountCents, totalCents: fullCents - discountCents }
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
