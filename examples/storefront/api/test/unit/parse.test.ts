import { describe, expect, it } from 'vitest'
import { parseCheckout, parseLines } from '../../src/orders/parse'
import { checkout } from '../samples'

describe('a checkout', () => {
  it('is read with its customer and lines', () => {
    const sent = checkout([1, 2], [9, 1])

    expect(parseCheckout(sent)).toEqual({ kind: 'valid', value: sent })
  })

  it('has every problem named at once', () => {
    const sent = { customer: { name: ' ', email: 'nobody', address: 'x'.repeat(501) }, lines: [] }

    expect(parseCheckout(sent)).toEqual({
      kind: 'invalid',
      problems: [
        'lines must be a list of 1 to 50',
        'customer.name must have 1 to 100 characters',
        'customer.address must have 1 to 500 characters',
        'customer.email is not an e-mail address',
      ],
    })
  })

  it.each([undefined, null, 'text', 7, [], {}])('is not %j', (body) => {
    expect(parseCheckout(body).kind).toBe('invalid')
  })
})

describe('lines', () => {
  it('of one product become one line', () => {
    const lines = [
      { productId: 1, quantity: 2 },
      { productId: 1, quantity: 3 },
    ]

    expect(parseLines({ lines })).toEqual({ kind: 'valid', value: [{ productId: 1, quantity: 5 }] })
  })

  it.each([0, -1, 1.5, 100, '2', null])('cannot ask for %j pieces', (quantity) => {
    const problems = ['lines[0].quantity must be 1 to 99']

    expect(parseLines({ lines: [{ productId: 1, quantity }] })).toEqual({ kind: 'invalid', problems })
  })

  it('must name a product', () => {
    const problems = ['lines[0].productId is not a product']

    expect(parseLines({ lines: [{ productId: 'mug', quantity: 1 }] })).toEqual({ kind: 'invalid', problems })
  })
})
