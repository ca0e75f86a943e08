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

export interface Catalogue {
  all(): Promise<readonly Product[]>
  find(id: number): Promise<Product | undefined>
}
