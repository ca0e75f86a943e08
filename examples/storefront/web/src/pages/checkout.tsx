import type { TargetedSubmitEvent } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { Notice, Waiting } from '../parts/notice'
import { Totals } from '../parts/totals'
import type { Cart } from '../shop/cart'
import { fetchQuote, placeOrder } from '../shop/client'
import { useLoaded } from '../shop/use-loaded'

interface CheckoutPageProps {
  cart: Cart
  emptyCart: () => void
}

export function CheckoutPage({ cart, emptyCart }: CheckoutPageProps) {
  const quote = useLoaded(JSON.stringify(cart), () => fetchQuote(cart))
  // One key for this cart, whatever the customer clicks and the network repeats.
  const idempotencyKey = useMemo(newKey, [cart])
  const [sending, setSending] = useState(false)
  const [refusal, setRefusal] = useState('')
  if (cart.length === 0) return <Notice title="Nothing to check out">Your cart is empty.</Notice>

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const field = (name: string) => String(new FormData(event.currentTarget).get(name))
    const customer = { name: field('name'), email: field('email'), address: field('address') }
    setSending(true)
    setRefusal('')
    try {
      const order = await placeOrder(idempotencyKey, customer, cart)
      location.hash = `#/orders/${order.id}`
      emptyCart()
    } catch (failure) {
      setRefusal((failure as Error).message)
      setSending(false)
    }
  }

  return (
    <section class="checkout">
      <h1>Checkout</h1>
      <div class="columns">
        <form onSubmit={submit}>
          <label>
            Name
            <input name="name" autocomplete="name" required maxLength={100} />
          </label>
          <label>
            E-mail
            <input name="email" type="email" autocomplete="email" required maxLength={200} />
          </label>
          <label>
            Address
            <textarea name="address" autocomplete="street-address" rows={3} required maxLength={500} />
          </label>
          <p>You pay by invoice once everything has arrived in one piece.</p>
          {refusal && <p role="alert">{refusal}</p>}
          <button class="button" disabled={sending}>
            {sending ? 'Placing your order…' : 'Place order'}
          </button>
        </form>
        <aside class="summary">
          {quote.kind === 'ready' ? <Totals quote={quote.value} /> : <Waiting loaded={quote} />}
        </aside>
      </div>
    </section>
  )
}

/** `randomUUID` is missing on pages without TLS, such as a staging address in the office. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
