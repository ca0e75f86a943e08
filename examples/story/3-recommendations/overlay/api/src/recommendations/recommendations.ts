import type { Product } from '../catalogue/product'
import type { Pair } from './similarity'
import { Tastes } from './tastes'

const SHOWN = 4

export interface BoughtTogether {
  pairs(): Promise<readonly Pair[]>
}

export interface Recommendations {
  /** For a visitor who looks at the whole catalogue. */
  forYou(visitor: string, products: readonly Product[]): Promise<readonly Product[]>
  /** For a visitor who looks at one product. */
  alsoBought(visitor: string, product: Product, products: readonly Product[]): Promise<readonly Product[]>
}

export function recommendations(boughtTogether: BoughtTogether): Recommendations {
  const tastes = new Tastes()
  const tasteOf = (visitor: string) => tastes.of(visitor, () => boughtTogether.pairs())

  return {
    async forYou(visitor, products) {
      const taste = await tasteOf(visitor)
      return pick(products, taste.best(inStock(products), SHOWN))
    },
    async alsoBought(visitor, product, products) {
      const taste = await tasteOf(visitor)
      taste.look(product.id)
      return pick(products, taste.best(inStock(products), SHOWN, product.id))
    },
  }
}

function inStock(products: readonly Product[]): number[] {
  return products.filter(({ stock }) => stock > 0).map(({ id }) => id)
}

function pick(products: readonly Product[], ids: readonly number[]): Product[] {
  return ids.flatMap((id) => products.find((product) => product.id === id) ?? [])
}
