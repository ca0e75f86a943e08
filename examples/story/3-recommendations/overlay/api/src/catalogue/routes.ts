import { Hono } from 'hono'
import type { Recommendations } from '../recommendations/recommendations'
import { visitorOf } from '../recommendations/visitor'
import type { Catalogue } from './product'

export function catalogueRoutes(catalogue: Catalogue, recommended: Recommendations): Hono {
  const routes = new Hono()

  routes.get('/', async (c) => {
    const products = await catalogue.all()
    return c.json({ products, forYou: await recommended.forYou(visitorOf(c), products) })
  })

  routes.get('/:id{[0-9]{1,9}}', async (c) => {
    const products = await catalogue.all()
    const product = products.find(({ id }) => id === Number(c.req.param('id')))
    if (!product) return c.json({ error: 'We do not have that product.' }, 404)
    return c.json({ ...product, alsoBought: await recommended.alsoBought(visitorOf(c), product, products) })
  })
  return routes
}
