import { ProductCard } from '../parts/product-card'
import { Waiting } from '../parts/notice'
import { fetchProducts } from '../shop/client'
import { useLoaded } from '../shop/use-loaded'

export function CataloguePage() {
  const products = useLoaded('products', fetchProducts)
  if (products.kind !== 'ready') return <Waiting loaded={products} />

  return (
    <>
      <section class="hero">
        <h1>Things that get better with use</h1>
        <p>Clay, wood, wool and glass from five workshops on one estuary. Take three of a kind and pay a tenth less.</p>
      </section>
      <ul class="grid">
        {products.value.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
    </>
  )
}
