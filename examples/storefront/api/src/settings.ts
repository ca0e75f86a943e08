export interface Version {
  readonly commit: string
  readonly release: string
  readonly environment: string
}

export interface Settings {
  /** 0 lets the system choose. */
  readonly port: number
  readonly databaseUrl: string
  readonly memoryLimitMb: number
  readonly version: Version
  /** A folder with the built pages, if the API is to serve them too. */
  readonly pages?: string | undefined
}

export type SettingsResult =
  | { readonly kind: 'valid'; readonly settings: Settings }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

/** Reports every problem at once, so that one restart is enough to fix them. */
export function readSettings(environment: Environment): SettingsResult {
  const problems: string[] = []
  const databaseUrl = environment['DATABASE_URL'] ?? ''
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    problems.push('DATABASE_URL must be postgres://user:password@host:port/database')
  }
  const port = wholeNumber(environment, 'PORT', { fallback: 3000, least: 0, most: 65535 }, problems)
  const memoryLimitMb = wholeNumber(environment, 'MEMORY_LIMIT_MB', { fallback: 192, least: 32, most: 65536 }, problems)

  if (problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'valid', settings: { port, databaseUrl, memoryLimitMb, version: readVersion(environment), pages: environment['PAGES'] || undefined } }
}

interface Range {
  readonly fallback: number
  readonly least: number
  readonly most: number
}

function wholeNumber(environment: Environment, name: string, range: Range, problems: string[]): number {
  const text = environment[name]
  if (text === undefined || text === '') return range.fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < range.least || value > range.most) {
    problems.push(`${name} must be a whole number from ${range.least} to ${range.most}, not "${text}"`)
  }
  return value
}

function readVersion(environment: Environment): Version {
  return {
    commit: environment['SLIPWAY_COMMIT'] || 'development',
    release: environment['SLIPWAY_RELEASE'] || 'none',
    environment: environment['SLIPWAY_ENVIRONMENT'] || 'local',
  }
}
