import type { Pool } from 'pg'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { postgresBoughtTogether } from '../../src/postgres/bought-together'
import { openPool } from '../../src/postgres/database'
import { postgresOrders } from '../../src/postgres/orders'
import { boughtTogetherContract } from '../contract/bought-together'
import { checkout } from '../samples'
import { freshSchema, migrations, runSql } from './schema'

let pool: Pool

beforeEach(async () => {
  await freshSchema(inject('databaseUrl'))
  pool = openPool(inject('databaseUrl'))
})

afterEach(() => pool.end())

boughtTogetherContract('PostgreSQL', async () => ({
  orders: postgresOrders(pool),
  boughtTogether: postgresBoughtTogether(pool),
}))

it('the migration counts the orders that were there before it', async () => {
  await postgresOrders(pool).place('key-one', checkout([1, 1], [2, 1]))
  const counted = await postgresBoughtTogether(pool).pairs()

  await runSql(inject('databaseUrl'), [migrations('U')[2]!, migrations('V')[2]!])
  expect(await postgresBoughtTogether(pool).pairs()).toEqual(counted)
})
