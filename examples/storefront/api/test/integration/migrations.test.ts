import { Client } from 'pg'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { freshSchema, migrations, runSql } from './schema'

let client: Client

beforeEach(async () => {
  await freshSchema(inject('databaseUrl'))
  client = new Client({ connectionString: inject('databaseUrl') })
  await client.connect()
})

afterEach(() => client.end())

it('every migration has a way back, and together they leave nothing', async () => {
  expect(migrations('U')).toHaveLength(migrations('V').length)
  await runSql(inject('databaseUrl'), migrations('U').toReversed())

  const { rows } = await client.query(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`)
  expect(rows).toEqual([])
})

it('the schema refuses a negative stock, whatever the code does', async () => {
  await expect(client.query('UPDATE products SET stock = stock - 4 WHERE id = 9')).rejects.toThrow(
    'stock_never_negative',
  )
})
