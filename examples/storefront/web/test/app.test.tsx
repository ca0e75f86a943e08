import { render } from 'preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { App } from '../src/app'
import { fakeApi, ORDER } from './fake-api'
import { until } from './until'

let shop: HTMLElement

function open(hash: string, inCart: object[] = []) {
  localStorage.setItem('tidewater-cart', JSON.stringify(inCart))
  location.hash = hash
  render(<App />, shop)
}

const sees = (text: string) => until(() => expect(shop.textContent).toContain(text))
const button = (label: string) =>
  [...shop.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? each.textContent) === label)!

beforeEach(() => {
  shop = document.body.appendChild(document.createElement('div'))
  fakeApi()
})

afterEach(() => {
  render(null, shop)
  shop.remove()
  vi.unstubAllGlobals()
})

describe('the catalogue', () => {
  it('shows every product with picture, price and stock', async () => {
    open('#/')
    await sees('Harbour mug')

    const pictures = shop.querySelector('.grid')!.querySelectorAll('svg[role=img]')
    expect([...pictures].map((each) => each.getAttribute('aria-label'))).toEqual([
      'Harbour mug',
      'Slate clock',
      'Evening carafe',
    ])
    expect(shop.textContent).toContain('€14.95')
    expect(shop.textContent).toContain('Only 3 left')
    expect(shop.textContent).toContain('Sold out')
  })

  it('tells which version it is', async () => {
    open('#/')

    await sees('Version 4f2a91c0d1 in staging')
  })

  it('says so when the shop does not answer', async () => {
    fakeApi({ 'GET /api/products': [503, null] })
    open('#/')

    await sees('That did not work')
  })
})

describe('the header', () => {
  it('lets the keyboard skip to the content', async () => {
    open('#/cart')
    shop.querySelector<HTMLElement>('.skip')!.click()

    expect(document.activeElement?.id).toBe('main')
    expect(location.hash).toBe('#/cart')
  })
})

describe('a product', () => {
  it('goes into the cart and stays there', async () => {
    open('#/products/1')
    await sees('A Harbour mug.')
    button('Add to cart').click()
    await sees('1 in your cart')

    await until(() => expect(localStorage.getItem('tidewater-cart')).toBe('[{"productId":1,"quantity":1}]'))
    expect(shop.querySelector('.cart-link')?.getAttribute('aria-label')).toBe('Cart, 1 piece')
  })

  it('cannot be bought when it is sold out', async () => {
    open('#/products/12')
    await sees('Evening carafe')

    expect(button('Sold out').disabled).toBe(true)
  })
})

describe('the cart', () => {
  it('shows what the server charges', async () => {
    open('#/cart', [{ productId: 1, quantity: 3 }])
    await sees('€45.26')

    expect(shop.textContent).toContain('Three of a kind−€4.49')
  })

  it('counts up and down, and empties', async () => {
    open('#/cart', [{ productId: 1, quantity: 1 }])
    await sees('Harbour mug')
    button('One Harbour mug more').click()
    await until(() => expect(shop.querySelector('output')?.textContent).toBe('2'))
    button('One Harbour mug less').click()
    await until(() => expect(shop.querySelector('output')?.textContent).toBe('1'))
    button('One Harbour mug less').click()

    await sees('Your cart is empty')
  })

  it('says when the stock is too small', async () => {
    fakeApi({ 'POST /api/quote': [409, { kind: 'sold-out', shortages: [{ productId: 9, available: 3 }] }] })
    open('#/cart', [{ productId: 9, quantity: 4 }])

    await sees('Only 3 left of something in your cart.')
  })
})

describe('the checkout', () => {
  const fill = (name: string, value: string) => {
    shop.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value
  }
  const order = async () => {
    await sees('Place order')
    fill('name', 'Ada Byron')
    fill('email', 'ada@example.com')
    fill('address', '12 Quay Street')
    shop.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
  }

  it('places the order once, empties the cart and confirms', async () => {
    const api = fakeApi()
    open('#/checkout', [{ productId: 1, quantity: 3 }])
    await order()
    await sees('Thank you, Ada Byron')

    expect(shop.textContent).toContain('3 × Harbour mug')
    await until(() => expect(localStorage.getItem('tidewater-cart')).toBe('[]'))
    const [, request] = api.mock.calls.find(([path]) => path === '/api/orders')!
    expect(JSON.parse(String(request!.body))).toEqual({
      customer: ORDER.customer,
      lines: [{ productId: 1, quantity: 3 }],
    })
  })

  it('repeats a refused order under the same key', async () => {
    const api = fakeApi({ 'POST /api/orders': [500, { error: 'Something went wrong on our side.' }] })
    open('#/checkout', [{ productId: 1, quantity: 3 }])
    await order()
    await sees('Something went wrong on our side.')
    await order()
    await until(() => expect(api.mock.calls.filter(([path]) => path === '/api/orders')).toHaveLength(2))

    const keys = api.mock.calls
      .filter(([path]) => path === '/api/orders')
      .map(([, request]) => new Headers(request?.headers).get('Idempotency-Key'))
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[1]).toBe(keys[0])
  })

  it('needs something in the cart', async () => {
    open('#/checkout')

    await sees('Nothing to check out')
  })
})
