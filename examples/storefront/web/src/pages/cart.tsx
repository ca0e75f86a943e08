import { Drawing } from '../drawings/drawing'
import { Notice, Waiting } from '../parts/notice'
import { Quantity } from '../parts/quantity'
import { Totals } from '../parts/totals'
import type { Cart } from '../shop/cart'
import { fetchProducts, fetchQuote } from '../shop/client'
import { money } from '../shop/money'
import { useLoaded } from '../shop/use-loaded'

interface CartPageProps {
  cart: Cart
  setQuantity: (productId: number, quantity: number) => void
}

export function CartPage({ cart, setQuantity }: CartPageProps) {
  if (cart.length === 0) return <Notice title="Your cart is empty">It has room for something that lasts.</Notice>

  return (
    <section class="cart">
      <h1>Your cart</h1>
      <div class="columns">
        <Lines cart={cart} setQuantity={setQuantity} />
        <Price cart={cart} />
      </div>
    </section>
  )
}

function Lines({ cart, setQuantity }: CartPageProps) {
  const products = useLoaded('products', fetchProducts)
  if (products.kind !== 'ready') return <Waiting loaded={products} />

  const byId = new Map(products.value.map((product) => [product.id, product]))
  return (
    <ul class="lines">
      {cart.map(({ productId, quantity }) => {
        const product = byId.get(productId)
        return (
          product && (
            <li key={productId}>
              <Drawing of={product} />
              <span class="line-name">
                <a href={`#/products/${productId}`}>{product.name}</a>
                <span class="price">{money(product.priceCents)}</span>
              </span>
              <Quantity
                name={product.name}
                quantity={quantity}
                most={product.stock}
                change={(wanted) => setQuantity(productId, wanted)}
              />
            </li>
          )
        )
      })}
    </ul>
  )
}

function Price({ cart }: { cart: Cart }) {
  const quote = useLoaded(JSON.stringify(cart), () => fetchQuote(cart))

  if (quote.kind === 'loading') return <aside class="summary" />
  return (
    <aside class="summary">
      {quote.kind === 'failed' ? (
        <p role="alert">{quote.reason}</p>
      ) : (
        <>
          <Totals quote={quote.value} />
          <a class="button" href="#/checkout">
            Check out
          </a>
        </>
      )}
    </aside>
  )
}
