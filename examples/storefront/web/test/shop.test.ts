import { beforeEach, describe, expect, it } from 'vitest'
import { mix } from '../src/drawings/colour'
import { loadCart, pieces, quantityOf, withQuantity } from '../src/shop/cart'
import { money } from '../src/shop/money'
import { routeOf } from '../src/shop/route'

describe('a cart', () => {
  beforeEach(() => localStorage.clear())

  it('keeps one line for each product', () => {
    const cart = withQuantity(withQuantity(withQuantity([], 1, 1), 9, 2), 1, 4)

    expect(cart).toEqual([
      { productId: 1, quantity: 4 },
      { productId: 9, quantity: 2 },
    ])
    expect(pieces(cart)).toBe(6)
    expect(quantityOf(cart, 12)).toBe(0)
  })

  it('takes at most 99 pieces', () => {
    expect(withQuantity([], 1, 100)).toEqual([{ productId: 1, quantity: 99 }])
  })

  it.each([null, '{', '{}', '[null, {"productId": "mug"}]'])('starts empty when %j was stored', (stored) => {
    if (stored !== null) localStorage.setItem('tidewater-cart', stored)

    expect(loadCart(localStorage)).toEqual([])
  })
})

describe('an address', () => {
  it.each([
    ['', { page: 'catalogue' }],
    ['#/products/7', { page: 'product', id: 7 }],
    ['#/products/mug', { page: 'catalogue' }],
    ['#/cart', { page: 'cart' }],
    ['#/checkout', { page: 'checkout' }],
    ['#/orders/abc', { page: 'confirmation', orderId: 'abc' }],
    ['#/elsewhere', { page: 'catalogue' }],
  ])('%s names a page', (hash, route) => {
    expect(routeOf(hash)).toEqual(route)
  })
})

it('money is written in euros and cents', () => {
  expect(money(123456)).toBe('€1,234.56')
})

it('colours mix channel by channel', () => {
  expect(mix('#000000', '#ff8000', 0.5)).toBe('#804000')
})
