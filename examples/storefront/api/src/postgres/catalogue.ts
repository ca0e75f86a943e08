import type { Pool } from 'pg'
import type { Catalogue, Product } from '../catalogue/product'

export const PRODUCT_COLUMNS =
  'id, name, description, category, price_cents AS "priceCents", stock, drawing, tint'

export function postgresCatalogue(pool: Pool): Catalogue {
  return {
    async all() {
      const { rows } = await pool.query<Product>(`SELECT ${PRODUCT_COLUMNS} FROM products ORDER BY id`)
      return rows
    },
    async find(id) {
      const { rows } = await pool.query<Product>(`SELECT ${PRODUCT_COLUMNS} FROM products WHERE id = $1`, [id])
      return rows[0]
    },
  }
}
