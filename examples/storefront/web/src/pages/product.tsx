import { Drawing } from '../drawings/drawing'
import { Waiting } from '../parts/notice'
import { Stock } from '../parts/stock'
import { quantityOf, type Cart } from '../shop/cart'
import { fetchProduct } from '../shop/client'
import { money } from '../shop/money'
import { useLoaded } from '../shop/use-loaded'

interface ProductPageProps {
  id: number
  cart: Cart
  setQuantity: (productId: number, quantity: number) => void
}

export function ProductPage({ id, cart, setQuantity }: ProductPageProps) {
  const loaded = useLoaded(`product ${id}`, () => fetchProduct(id))
  if (loaded.kind !== 'ready') return <Waiting loaded={loaded} />

  const product = loaded.value
  const inCart = quantityOf(cart, id)
  return (
    <article class="product">
      <Drawing of={product} />
      <div class="product-text">
        <p class="category">{product.category}</p>
        <h1>{product.name}</h1>
        <p class="price">{money(product.priceCents)}</p>
        <p>{product.description}</p>
        <Stock stock={product.stock} />
        <button class="button" disabled={inCart >= product.stock} onClick={() => setQuantity(id, inCart + 1)}>
          {product.stock === 0 ? 'Sold out' : 'Add to cart'}
        </button>
        <p class="in-cart" aria-live="polite">
          {inCart > 0 && (
            <>
              {inCart} in your <a href="#/cart">cart</a>
            </>
          )}
        </p>
        <ul class="promises">
          <li>Three of a kind: a tenth less</li>
          <li>Free shipping from €60</li>
          <li>Mended for free, for as long as we are here</li>
        </ul>
      </div>
    </article>
  )
}
