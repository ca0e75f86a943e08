import type { Pool, PoolClient } from 'pg'
import type { Line } from '../orders/order'
import type { BoughtTogether } from '../recommendations/recommendations'
import type { Pair } from '../recommendations/similarity'

export function postgresBoughtTogether(pool: Pool): BoughtTogether {
  return {
    async pairs() {
      const { rows } = await pool.query<Pair>(
        'SELECT product_id AS "productId", other_id AS "otherId", orders FROM bought_together',
      )
      return rows
    },
  }
}

/** Counts an order's products as bought together, one way and the other. */
export async function countTogether(client: PoolClient, lines: readonly Line[]): Promise<void> {
  await client.query(
    `INSERT INTO bought_together (product_id, other_id, orders)
     SELECT one, other, 1 FROM unnest($1::integer[]) one, unnest($1::integer[]) other WHERE one <> other
     ORDER BY one, other
     ON CONFLICT (product_id, other_id) DO UPDATE SET orders = bought_together.orders + 1`,
    [lines.map((line) => line.productId)],
  )
}
