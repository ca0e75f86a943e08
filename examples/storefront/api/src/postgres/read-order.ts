import type { Pool, PoolClient } from 'pg'
import type { Order } from '../orders/order'
import { withTotals } from '../pricing/pricing'

interface Row {
  readonly id: string
  readonly placed_at: Date
  readonly customer_name: string
  readonly customer_email: string
  readonly address: string
  readonly shipping_cents: number
  readonly product_id: number
  readonly quantity: number
  readonly unit_cents: number
  readonly discount_cents: number
}

/** The order as it was charged, whatever prices and discounts are today. */
export async function readOrder(connection: Pool | PoolClient, id: string): Promise<Order | undefined> {
  const { rows } = await connection.query<Row>(
    `SELECT * FROM orders JOIN order_lines ON order_id = id WHERE id = $1 ORDER BY product_id`,
    [id],
  )
  const order = rows[0]
  if (!order) return undefined
  return {
    id: order.id,
    placedAt: order.placed_at.toISOString(),
    customer: { name: order.customer_name, email: order.customer_email, address: order.address },
    ...withTotals(rows.map(chargedLine), order.shipping_cents),
  }
}

function chargedLine(row: Row) {
  return {
    productId: row.product_id,
    unitCents: row.unit_cents,
    quantity: row.quantity,
    discountCents: row.discount_cents,
    totalCents: row.unit_cents * row.quantity - row.discount_cents,
  }
}
