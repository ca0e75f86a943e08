import { Pool, type PoolClient } from 'pg'

/** Every wait has a limit: a request that can't be served fails, it doesn't hang. */
export function openPool(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    max: 5,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    application_name: 'storefront',
  })
  // An idle connection that breaks would otherwise end the process; the pool replaces it.
  pool.on('error', (failure) => console.error('database connection lost:', failure.message))
  return pool
}

export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (failure) {
    // Closing the connection rolls back, even when the connection is what failed.
    client.release(true)
    throw failure
  }
}

export async function answersWithin(pool: Pool, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs)
  })
  try {
    await Promise.race([pool.query('SELECT 1'), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
