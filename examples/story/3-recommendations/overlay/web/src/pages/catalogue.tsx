import { ProductCard } from '../parts/product-card'
import { Waiting } from '../parts/notice'
import { Recommended } from '../parts/recommended'
import { fetchCatalogue } from '../shop/client'
import { useLoaded } from '../shop/use-loaded'

export function CataloguePage() {
  const catalogue = useLoaded('catalogue', fetchCatalogue)
  if (catalogue.kind !== 'ready') return <Waiting loaded={catalogue} />

  return (
    <>
      <section class="hero">
        <h1>Things that get better with use</h1>
        <p>Clay, wood, wool and glass from five workshops on one estuary. Take three of a kind and pay a tenth less.</p>
      </section>
      <ul class="grid">
        {catalogue.value.products.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
      <Recommended title="Picked for you" products={catalogue.value.forYou ?? []} />
    </>
  )
}
