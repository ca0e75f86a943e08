import { Drawing } from '../drawings/drawing'
import { money } from '../shop/money'
import type { Product } from '../shop/types'
import { Stock } from './stock'

export function ProductCard({ product }: { product: Product }) {
  return (
    <li class="card">
      <a href={`#/products/${product.id}`}>
        <Drawing of={product} />
        <span class="card-text">
          <span class="card-name">{product.name}</span>
          <span class="price">{money(product.priceCents)}</span>
          <Stock stock={product.stock} />
        </span>
      </a>
    </li>
  )
}
