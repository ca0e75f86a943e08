import type { Product } from '../catalogue/product'
import { priceLine, quote, type Quote } from '../pricing/pricing'
import type { Line, Refusal } from './order'

export type Decision = { readonly kind: 'accepted'; readonly quote: Quote } | Refusal

/** Whether these lines can be sold from that stock, and for how much. */
export function decide(products: readonly Product[], lines: readonly Line[]): Decision {
  const byId = new Map(products.map((product) => [product.id, product]))
  const found = lines.flatMap((line) => {
    const product = byId.get(line.productId)
    return product ? [{ product, quantity: line.quantity }] : []
  })

  if (found.length < lines.length) {
    return { kind: 'unknown-product', productIds: lines.map((line) => line.productId).filter((id) => !byId.has(id)) }
  }
  const short = found.filter(({ product, quantity }) => product.stock < quantity)
  if (short.length > 0) {
    const shortages = short.map(({ product }) => ({ productId: product.id, available: product.stock }))
    return { kind: 'sold-out', shortages }
  }
  const priced = found.map(({ product, quantity }) => priceLine(product.id, product.priceCents, quantity))
  return { kind: 'accepted', quote: quote(priced) }
}
