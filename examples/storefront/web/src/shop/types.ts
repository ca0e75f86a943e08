export interface Product {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly category: string
  readonly priceCents: number
  readonly stock: number
  readonly drawing: string
  readonly tint: string
}

export interface Line {
  readonly productId: number
  readonly quantity: number
}

export interface PricedLine extends Line {
  readonly unitCents: number
  readonly discountCents: number
  readonly totalCents: number
}

export interface Quote {
  readonly lines: readonly PricedLine[]
  readonly discountCents: number
  readonly shippingCents: number
  readonly totalCents: number
}

export interface Customer {
  readonly name: string
  readonly email: string
  readonly address: string
}

export interface Order extends Quote {
  readonly id: string
  readonly placedAt: string
  readonly customer: Customer
}

export interface Version {
  readonly commit: string
  readonly release: string
  readonly environment: string
}
