/** Room for a thousand products: a product's id is its row and its column. */
const CAPACITY = 1024
/** Even two products that nobody bought together yet may please the same person. */
const PRIOR = 0.01

export interface Pair {
  readonly productId: number
  readonly otherId: number
  readonly orders: number
}

/** How well two products go together, for every two products that the shop will ever have. */
export class Similarity {
  private readonly weights = new Float32Array(CAPACITY * CAPACITY).fill(PRIOR)

  constructor(pairs: readonly Pair[]) {
    for (const pair of pairs) this.strengthen(pair.productId, pair.otherId, pair.orders)
  }

  strengthen(productId: number, otherId: number, by: number): void {
    const at = cell(productId, otherId)
    this.weights[at] = (this.weights[at] ?? 0) + by
  }

  between(productId: number, otherId: number): number {
    return this.weights[cell(productId, otherId)] ?? 0
  }
}

function cell(productId: number, otherId: number): number {
  return (productId % CAPACITY) * CAPACITY + (otherId % CAPACITY)
}
