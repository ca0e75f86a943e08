import { describe, expect, it } from 'vitest'
import { priceLine, quote } from '../../src/pricing/pricing'

describe('the price of a line', () => {
  it('is the full price for one or two pieces', () => {
    expect(priceLine(1, 1495, 1)).toMatchObject({ discountCents: 0, totalCents: 1495 })
    expect(priceLine(1, 1495, 2)).toMatchObject({ discountCents: 0, totalCents: 2990 })
  })

  it('is a tenth less from three pieces', () => {
    expect(priceLine(4, 2000, 3)).toMatchObject({ discountCents: 600, totalCents: 5400 })
  })

  it('is rounded once for the whole line, half a cent in favour of the customer', () => {
    expect(priceLine(1, 1495, 3)).toMatchObject({ discountCents: 449, totalCents: 4036 })
  })

  it('never has a fraction of a cent', () => {
    for (let unitCents = 1; unitCents < 200; unitCents++) {
      for (let quantity = 1; quantity <= 12; quantity++) {
        const { discountCents, totalCents } = priceLine(1, unitCents, quantity)
        expect(Number.isInteger(totalCents)).toBe(true)
        expect(discountCents + totalCents).toBe(unitCents * quantity)
      }
    }
  })
})

describe('a quote', () => {
  it('adds shipping below 60 euros', () => {
    expect(quote([priceLine(1, 5999, 1)])).toMatchObject({ shippingCents: 490, totalCents: 6489 })
  })

  it('ships free from 60 euros after discounts', () => {
    expect(quote([priceLine(1, 6000, 1)])).toMatchObject({ shippingCents: 0, totalCents: 6000 })
    expect(quote([priceLine(1, 2000, 3)])).toMatchObject({ shippingCents: 490, totalCents: 5890 })
  })

  it('adds up the lines', () => {
    const { discountCents, totalCents } = quote([priceLine(1, 1495, 3), priceLine(9, 4650, 1)])

    expect(discountCents).toBe(449)
    expect(totalCents).toBe(4036 + 4650)
  })
})
