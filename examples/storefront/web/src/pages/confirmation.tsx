import { Waiting } from '../parts/notice'
import { Totals } from '../parts/totals'
import { fetchOrder, fetchProducts } from '../shop/client'
import { money } from '../shop/money'
import { useLoaded } from '../shop/use-loaded'

export function ConfirmationPage({ orderId }: { orderId: string }) {
  const loaded = useLoaded(orderId, () => Promise.all([fetchOrder(orderId), fetchProducts()]))
  if (loaded.kind !== 'ready') return <Waiting loaded={loaded} />

  const [order, products] = loaded.value
  const nameOf = (id: number) => products.find((product) => product.id === id)?.name ?? `Product ${id}`
  return (
    <section class="confirmation">
      <p class="tick" aria-hidden="true">
        ✓
      </p>
      <h1>Thank you, {order.customer.name}</h1>
      <p>
        Order <strong>{order.id.slice(0, 8).toUpperCase()}</strong> is on its way to the workshop. We write to{' '}
        {order.customer.email} when it ships.
      </p>
      <div class="summary">
        <ul>
          {order.lines.map((line) => (
            <li key={line.productId}>
              <span>
                {line.quantity} × {nameOf(line.productId)}
              </span>
              <span>{money(line.totalCents)}</span>
            </li>
          ))}
        </ul>
        <Totals quote={order} />
      </div>
      <a class="button" href="#/">
        Back to the catalogue
      </a>
    </section>
  )
}
