import { Hono } from 'hono'
import type { Catalogue } from '../catalogue/product'
import { decide } from '../orders/decide'
import { parseLines } from '../orders/parse'
import { readJson } from '../read-json'

/** What a cart costs right now, by the same rules that an order is charged. */
export function quoteRoutes(catalogue: Catalogue): Hono {
  const routes = new Hono()

  routes.post('/', async (c) => {
    const lines = parseLines(await readJson(c.req.raw))
    if (lines.kind === 'invalid') return c.json({ error: 'This is not a cart.', problems: lines.problems }, 400)

    const decision = decide(await catalogue.all(), lines.value)
    return decision.kind === 'accepted' ? c.json(decision.quote) : c.json(decision, 409)
  })
  return routes
}
