import { Hono } from 'hono'
import type { Catalogue } from './product'

export function catalogueRoutes(catalogue: Catalogue): Hono {
  const routes = new Hono()

  routes.get('/', async (c) => c.json({ products: await catalogue.all() }))

  routes.get('/:id{[0-9]{1,9}}', async (c) => {
    const product = await catalogue.find(Number(c.req.param('id')))
    return product ? c.json(product) : c.json({ error: 'We do not have that product.' }, 404)
  })
  return routes
}
