import { Similarity, type Pair } from './similarity'

/** Looking at one product after another says half as much as buying both. */
const LOOKED_AT = 0.5
const VISITORS_REMEMBERED = 100

/** One visitor's taste: what everybody buys together, bent by what this visitor looked at. */
export class Taste {
  private readonly seen: number[] = []

  constructor(private readonly similarity: Similarity) {}

  look(productId: number): void {
    for (const earlier of this.seen) {
      this.similarity.strengthen(earlier, productId, LOOKED_AT)
      this.similarity.strengthen(productId, earlier, LOOKED_AT)
    }
    if (!this.seen.includes(productId)) this.seen.push(productId)
  }

  /** The candidates that go best with the product, or with everything seen so far; best first. */
  best(candidates: readonly number[], count: number, productId?: number): number[] {
    const anchors = productId === undefined ? this.seen : [productId]
    const score = (id: number) => anchors.reduce((sum, anchor) => sum + this.similarity.between(anchor, id), 0)
    return candidates
      .filter((id) => id !== productId)
      .toSorted((a, b) => score(b) - score(a) || a - b)
      .slice(0, count)
  }
}

/** The tastes of the latest visitors; who comes back finds their own. */
export class Tastes {
  private readonly byVisitor = new Map<string, Taste>()

  constructor(private readonly remembered = VISITORS_REMEMBERED) {}

  async of(visitor: string, boughtTogether: () => Promise<readonly Pair[]>): Promise<Taste> {
    const known = this.byVisitor.get(visitor)
    const taste = known ?? new Taste(new Similarity(await boughtTogether()))
    this.byVisitor.delete(visitor)
    this.byVisitor.set(visitor, taste)
    this.forgetOldest()
    return taste
  }

  private forgetOldest(): void {
    for (const visitor of this.byVisitor.keys()) {
      if (this.byVisitor.size <= this.remembered) return
      this.byVisitor.delete(visitor)
    }
  }
}
