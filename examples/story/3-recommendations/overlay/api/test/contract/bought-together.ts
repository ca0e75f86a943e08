import { expect, it } from 'vitest'
import type { Orders } from '../../src/orders/order'
import type { BoughtTogether } from '../../src/recommendations/recommendations'
import { checkout, CLOCK, MUG } from '../samples'

export type OpenShop = () => Promise<{ orders: Orders; boughtTogether: BoughtTogether }>

/** What every keeper of orders knows about products that were bought together. */
export function boughtTogetherContract(keeper: string, openShop: OpenShop): void {
  it(`${keeper} counts in how many orders two products met`, async () => {
    const { orders, boughtTogether } = await openShop()
    await orders.place('key-one', checkout([MUG.id, 2], [CLOCK.id, 1]))
    await orders.place('key-two', checkout([CLOCK.id, 1], [MUG.id, 1]))
    await orders.place('key-three', checkout([MUG.id, 1]))

    expect((await boughtTogether.pairs()).toSorted((a, b) => a.productId - b.productId)).toEqual([
      { productId: MUG.id, otherId: CLOCK.id, orders: 2 },
      { productId: CLOCK.id, otherId: MUG.id, orders: 2 },
    ])
  })
}
