import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'
import type { Catalogue } from './catalogue/product'
import { catalogueRoutes } from './catalogue/routes'
import { checkHealth, type HealthProbes } from './health/health'
import type { Orders } from './orders/order'
import { orderRoutes } from './orders/routes'
import { quoteRoutes } from './pricing/routes'
import { recommendations, type BoughtTogether } from './recommendations/recommendations'
import type { Version } from './settings'

export interface Shop {
  readonly version: Version
  readonly catalogue: Catalogue
  readonly orders: Orders
  readonly boughtTogether: BoughtTogether
  readonly health: HealthProbes
  /** A folder with the built pages; without one, somebody else serves them. */
  readonly pages?: string | undefined
}

/** Names under `assets/` change with their content; what names them is asked for each time. */
const caching: MiddlewareHandler = async (c, next) => {
  await next()
  const isHashed = c.req.path.startsWith('/assets/')
  if (c.res.ok) c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
}

export function createApp(shop: Shop): Hono {
  const app = new Hono()

  app.get('/health', async (c) => {
    const health = await checkHealth(shop.health)
    return c.json(health, health.status === 'ok' ? 200 : 503)
  })
  app.get('/api/version', (c) => c.json(shop.version))
  app.route('/api/products', catalogueRoutes(shop.catalogue, recommendations(shop.boughtTogether)))
  app.route('/api/quote', quoteRoutes(shop.catalogue))
  app.route('/api/orders', orderRoutes(shop.orders))

  if (shop.pages !== undefined) app.get('*', caching, serveStatic({ root: shop.pages }))

  app.notFound((c) => c.json({ error: 'There is nothing here.' }, 404))
  app.onError((failure, c) => {
    console.error(`${c.req.method} ${c.req.path} failed:`, failure)
    return c.json({ error: 'Something went wrong on our side.' }, 500)
  })
  return app
}
