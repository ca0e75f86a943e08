import { readSettings } from '../src/settings'
import { start } from '../src/start'
import { openPglite } from '../test/integration/pglite'
import { freshSchema } from '../test/integration/schema'

/** The API with a database of its own that forgets everything at the end: `npm run dev`. */
const database = await openPglite()
await freshSchema(database.url)

const result = readSettings({ ...process.env, DATABASE_URL: database.url })
if (result.kind === 'invalid') throw new Error(result.problems.join('; '))
// The database lives in this process too, and needs more memory than the shop.
const running = await start({ ...result.settings, memoryLimitMb: 4096 })
console.log(`http://127.0.0.1:${running.port}/api/products`)

process.once('SIGINT', async () => {
  await running.stop()
  await database.close()
})
