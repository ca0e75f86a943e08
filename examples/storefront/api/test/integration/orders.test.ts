import type { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { postgresCatalogue } from '../../src/postgres/catalogue'
import { openPool } from '../../src/postgres/database'
import { postgresOrders } from '../../src/postgres/orders'
import { ordersContract } from '../contract/orders'
import { checkout, CLOCK } from '../samples'
import { freshSchema } from './schema'

let pool: Pool

beforeEach(async () => {
  await freshSchema(inject('databaseUrl'))
  pool = openPool(inject('databaseUrl'))
})

afterEach(() => pool.end())

ordersContract('PostgreSQL', async () => ({ catalogue: postgresCatalogue(pool), orders: postgresOrders(pool) }))

describe('customers who order at the same moment', () => {
  const kindsOf = (placements: ReadonlyArray<{ kind: string }>) => placements.map(({ kind }) => kind).toSorted()

  it('get the last pieces once each, and the stock never goes below zero', async () => {
    const orders = postgresOrders(pool)
    const placements = await Promise.all(
      Array.from({ length: 10 }, (_, customer) => orders.place(`customer-${customer}`, checkout([CLOCK.id, 1]))),
    )

    expect(kindsOf(placements)).toEqual([...Array(3).fill('placed'), ...Array(7).fill('sold-out')])
    expect((await postgresCatalogue(pool).find(CLOCK.id))?.stock).toBe(0)
  })

  it('get one order for one key, even for the last piece', async () => {
    const orders = postgresOrders(pool)
    const placements = await Promise.all(
      Array.from({ length: 5 }, () => orders.place('double-click', checkout([CLOCK.id, 3]))),
    )

    expect(kindsOf(placements)).toEqual(['placed', ...Array(4).fill('repeated')])
  })

  it('never wait for each other in a circle', async () => {
    const orders = postgresOrders(pool)
    const placements = await Promise.all(
      Array.from({ length: 10 }, (_, customer) =>
        orders.place(`customer-${customer}`, customer % 2 ? checkout([1, 1], [2, 1]) : checkout([2, 1], [1, 1])),
      ),
    )

    expect(kindsOf(placements)).toEqual(Array(10).fill('placed'))
  })
})

describe('an order that fails halfway', () => {
  it('leaves nothing behind', async () => {
    const orders = postgresOrders(pool)
    await pool.query('ALTER TABLE order_lines ADD CHECK (product_id <> 2)')

    await expect(orders.place('key-one', checkout([1, 1], [2, 1]))).rejects.toThrow('violates check constraint')
    expect((await postgresCatalogue(pool).find(1))?.stock).toBe(48)
    expect((await pool.query('SELECT * FROM orders')).rows).toEqual([])
  })
})
