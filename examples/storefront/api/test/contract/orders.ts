import { beforeEach, describe, expect, it } from 'vitest'
import type { Catalogue } from '../../src/catalogue/product'
import type { Orders } from '../../src/orders/order'
import { CARAFE, checkout, CLOCK, MUG } from '../samples'

export type OpenShop = () => Promise<{ catalogue: Catalogue; orders: Orders }>

/** What every keeper of orders promises; `openShop` gives one with a fresh stock. */
export function ordersContract(keeper: string, openShop: OpenShop): void {
  describe(`orders kept by ${keeper}`, () => {
    let shop: Awaited<ReturnType<OpenShop>>
    const stockOf = async (id: number) => (await shop.catalogue.find(id))?.stock

    beforeEach(async () => {
      shop = await openShop()
    })

    it('takes an order and its pieces out of stock', async () => {
      const placement = await shop.orders.place('key-one', checkout([MUG.id, 3], [CLOCK.id, 1]))

      expect(placement).toMatchObject({
        kind: 'placed',
        order: { customer: { name: 'Ada Byron' }, discountCents: 449, shippingCents: 0, totalCents: 8686 },
      })
      expect(await stockOf(MUG.id)).toBe(MUG.stock - 3)
      expect(await stockOf(CLOCK.id)).toBe(CLOCK.stock - 1)
    })

    it('finds an order again as it was placed', async () => {
      const placement = await shop.orders.place('key-one', checkout([MUG.id, 1]))

      const order = placement.kind === 'placed' ? placement.order : undefined
      expect(await shop.orders.find(order!.id)).toEqual(order)
      expect(await shop.orders.find('00000000-0000-4000-8000-000000000000')).toBeUndefined()
    })

    it('answers a repeated request with the first order', async () => {
      const first = await shop.orders.place('key-one', checkout([MUG.id, 2], [CLOCK.id, 1]))
      const second = await shop.orders.place('key-one', checkout([CLOCK.id, 1], [MUG.id, 2]))

      expect(second).toEqual({ ...first, kind: 'repeated' })
      expect(await stockOf(MUG.id)).toBe(MUG.stock - 2)
    })

    it('refuses another order under a used key', async () => {
      await shop.orders.place('key-one', checkout([MUG.id, 1]))

      expect(await shop.orders.place('key-one', checkout([MUG.id, 2]))).toEqual({ kind: 'key-reused' })
    })

    it('sells nothing of an order that it cannot fill', async () => {
      const placement = await shop.orders.place('key-one', checkout([MUG.id, 1], [CLOCK.id, 4], [CARAFE.id, 1]))

      expect(placement).toEqual({
        kind: 'sold-out',
        shortages: [
          { productId: CLOCK.id, available: 3 },
          { productId: CARAFE.id, available: 0 },
        ],
      })
      expect(await stockOf(MUG.id)).toBe(MUG.stock)
    })

    it('names the products that it does not have', async () => {
      const placement = await shop.orders.place('key-one', checkout([MUG.id, 1], [4711, 1]))

      expect(placement).toEqual({ kind: 'unknown-product', productIds: [4711] })
    })
  })
}
