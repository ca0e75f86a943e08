import type { Catalogue, Product } from '../../src/catalogue/product'
import { decide } from '../../src/orders/decide'
import { digestOf } from '../../src/orders/digest'
import type { Order, Orders } from '../../src/orders/order'

/** The shop without a database. The contract tests hold it to what PostgreSQL does. */
export function memoryShop(seed: readonly Product[]): { catalogue: Catalogue; orders: Orders } {
  const products = new Map(seed.map((product) => [product.id, product]))
  const byKey = new Map<string, { order: Order; digest: string }>()

  const catalogue: Catalogue = {
    all: async () => [...products.values()],
    find: async (id) => products.get(id),
  }
  const orders: Orders = {
    async place(key, checkout) {
      const earlier = byKey.get(key)
      if (earlier) {
        return earlier.digest === digestOf(checkout)
          ? { kind: 'repeated', order: earlier.order }
          : { kind: 'key-reused' }
      }
      const decision = decide(await catalogue.all(), checkout.lines)
      if (decision.kind !== 'accepted') return decision

      for (const line of checkout.lines) {
        const product = products.get(line.productId)!
        products.set(product.id, { ...product, stock: product.stock - line.quantity })
      }
      const order = {
        id: crypto.randomUUID(),
        placedAt: new Date(0).toISOString(),
        customer: checkout.customer,
        ...decision.quote,
      }
      byKey.set(key, { order, digest: digestOf(checkout) })
      return { kind: 'placed', order }
    },
    find: async (id) => [...byKey.values()].find(({ order }) => order.id === id)?.order,
  }
  return { catalogue, orders }
}
