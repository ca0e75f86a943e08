import type { Pool, PoolClient } from 'pg'
import type { Product } from '../catalogue/product'
import { decide } from '../orders/decide'
import { digestOf } from '../orders/digest'
import type { Checkout, Line, Orders, Placement } from '../orders/order'
import type { Quote } from '../pricing/pricing'
import { PRODUCT_COLUMNS } from './catalogue'
import { inTransaction } from './database'
import { readOrder } from './read-order'

export function postgresOrders(pool: Pool): Orders {
  return {
    place: (idempotencyKey, checkout) =>
      inTransaction(pool, (client) => placeOnce(client, idempotencyKey, checkout)),
    find: (id) => readOrder(pool, id),
  }
}

async function placeOnce(client: PoolClient, key: string, checkout: Checkout): Promise<Placement> {
  // Twins of one request wait here for each other; otherwise the later one would find the stock gone that its twin took.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key])
  const repeated = await findByKey(client, key, checkout)
  if (repeated) return repeated

  const decision = decide(await lockProducts(client, checkout.lines), checkout.lines)
  if (decision.kind !== 'accepted') return decision

  const id = await insertOrder(client, key, checkout, decision.quote)
  const order = await readOrder(client, id)
  if (!order) throw new Error(`order ${id} is not there after it was written`)
  return { kind: 'placed', order }
}

async function findByKey(client: PoolClient, key: string, checkout: Checkout): Promise<Placement | undefined> {
  const { rows } = await client.query<{ id: string; digest: string }>(
    'SELECT id, request_digest AS digest FROM orders WHERE idempotency_key = $1',
    [key],
  )
  const earlier = rows[0]
  if (!earlier) return undefined
  const order = earlier.digest === digestOf(checkout) ? await readOrder(client, earlier.id) : undefined
  return order ? { kind: 'repeated', order } : { kind: 'key-reused' }
}

/** Locked in the order of their ids, so that two carts with the same products never wait for each other. */
async function lockProducts(client: PoolClient, lines: readonly Line[]): Promise<readonly Product[]> {
  const { rows } = await client.query<Product>(
    `SELECT ${PRODUCT_COLUMNS} FROM products WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    [lines.map((line) => line.productId)],
  )
  return rows
}

async function insertOrder(client: PoolClient, key: string, checkout: Checkout, quote: Quote): Promise<string> {
  const { name, email, address } = checkout.customer
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO orders (idempotency_key, request_digest, customer_name, customer_email, address, shipping_cents)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [key, digestOf(checkout), name, email, address, quote.shippingCents],
  )
  const id = rows[0]!.id
  for (const line of quote.lines) {
    await client.query('UPDATE products SET stock = stock - $2 WHERE id = $1', [line.productId, line.quantity])
    await client.query(
      `INSERT INTO order_lines (order_id, product_id, quantity, unit_cents, discount_cents) VALUES ($1, $2, $3, $4, $5)`,
      [id, line.productId, line.quantity, line.unitCents, line.discountCents],
    )
  }
  return id
}
