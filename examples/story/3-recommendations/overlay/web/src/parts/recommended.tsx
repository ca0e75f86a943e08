import type { Product } from '../shop/types'
import { ProductCard } from './product-card'

/** Nothing at all, rather than an empty row, when there is nothing to recommend. */
export function Recommended({ title, products }: { title: string; products: readonly Product[] }) {
  if (products.length === 0) return null

  return (
    <section class="recommended">
      <h2>{title}</h2>
      <ul class="grid">
        {products.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
    </section>
  )
}
