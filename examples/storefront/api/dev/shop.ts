import { start } from '../src/start'
import { openPglite } from '../test/integration/pglite'
import { freshSchema } from '../test/integration/schema'
import { readSettings } from '../src/settings'

/** The API with a database of its own that forgets everything at the end: `npm run dev`. */
const database = await openPglite()
await freshSchema(database.url)

const result = readSettings({ ...process.env, DATABASE_URL: database.url })
if (result.kind === 'invalid') throw new Error(result.problems.join('; '))
const running = await start({ ...result.settings, memoryLimitMb: 4096 })
console.log(`http://127.0.0.1:${running.port}/api/products`)

process.once('SIGINT', async () => {
  await running.stop()
  await database.close()
})
