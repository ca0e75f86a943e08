import { readSettings } from './settings'
import { start } from './start'

async function main(): Promise<void> {
  const result = readSettings(process.env)
  if (result.kind === 'invalid') {
    console.error(`storefront cannot start:\n${result.problems.map((problem) => `  ${problem}`).join('\n')}`)
    process.exitCode = 1
    return
  }
  const running = await start(result.settings)
  console.log(`storefront ${result.settings.version.commit} listens on port ${running.port}`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void running.stop())
  }
}

void main()
