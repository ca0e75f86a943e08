import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

/** From `api/`, where npm runs its scripts. */
const MIGRATIONS = '../db/migrations'

/** An empty database with every migration applied, seeded products included. */
export async function freshSchema(databaseUrl: string): Promise<void> {
  await runSql(databaseUrl, ['DROP SCHEMA public CASCADE', 'CREATE SCHEMA public', ...migrations('V')])
}

export async function runSql(databaseUrl: string, scripts: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (const script of scripts) await client.query(script)
  } finally {
    await client.end()
  }
}

/** `V` is the way up, `U` the way back; both in the order of their versions. */
export function migrations(prefix: 'V' | 'U'): string[] {
  const version = (file: string) => Number(/\d+/.exec(file)?.[0])
  return readdirSync(MIGRATIONS)
    .filter((file) => file.startsWith(prefix))
    .toSorted((a, b) => version(a) - version(b))
    .map((file) => readFileSync(join(MIGRATIONS, file), 'utf8'))
}
