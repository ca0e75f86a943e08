import { Hono } from 'hono'
import { readJson } from '../read-json'
import type { Orders } from './order'
import { parseCheckout } from './parse'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

export function orderRoutes(orders: Orders): Hono {
  const routes = new Hono()

  routes.post('/', async (c) => {
    const key = c.req.header('Idempotency-Key') ?? ''
    if (!/^[\x21-\x7e]{8,100}$/.test(key)) {
      return c.json({ error: 'Send an Idempotency-Key of 8 to 100 characters.' }, 400)
    }
    const checkout = parseCheckout(await readJson(c.req.raw))
    if (checkout.kind === 'invalid') {
      return c.json({ error: 'This is not an order.', problems: checkout.problems }, 400)
    }

    const placement = await orders.place(key, checkout.value)
    switch (placement.kind) {
      case 'placed':
        return c.json(placement.order, 201, { Location: `/api/orders/${placement.order.id}` })
      case 'repeated':
        return c.json(placement.order, 200)
      case 'key-reused':
        return c.json({ error: 'This Idempotency-Key belongs to another order.' }, 422)
      case 'unknown-product':
      case 'sold-out':
        return c.json(placement, 409)
    }
  })

  routes.get(`/:id{${UUID}}`, async (c) => {
    const order = await orders.find(c.req.param('id'))
    return order ? c.json(order) : c.json({ error: 'We do not know that order.' }, 404)
  })
  return routes
}
