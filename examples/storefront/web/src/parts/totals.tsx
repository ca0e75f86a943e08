import { money } from '../shop/money'
import type { Quote } from '../shop/types'

export function Totals({ quote }: { quote: Quote }) {
  const goodsCents = quote.lines.reduce((total, line) => total + line.unitCents * line.quantity, 0)

  return (
    <dl class="totals">
      <dt>Goods</dt>
      <dd>{money(goodsCents)}</dd>
      {quote.discountCents > 0 && (
        <>
          <dt>Three of a kind</dt>
          <dd class="discount">−{money(quote.discountCents)}</dd>
        </>
      )}
      <dt>Shipping</dt>
      <dd>{quote.shippingCents === 0 ? 'Free' : money(quote.shippingCents)}</dd>
      <dt class="total">Total</dt>
      <dd class="total">{money(quote.totalCents)}</dd>
    </dl>
  )
}
