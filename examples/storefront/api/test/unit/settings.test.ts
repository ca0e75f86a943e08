import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/settings'

const DATABASE_URL = 'postgres://shop:secret@127.0.0.1:5432/shop'

describe('settings', () => {
  it('need only a database', () => {
    expect(readSettings({ DATABASE_URL })).toEqual({
      kind: 'valid',
      settings: {
        port: 3000,
        databaseUrl: DATABASE_URL,
        memoryLimitMb: 192,
        version: { commit: 'development', release: 'none', environment: 'local' },
      },
    })
  })

  it('take port, memory limit, pages and version from the environment', () => {
    const environment = { PORT: '0', MEMORY_LIMIT_MB: '128', PAGES: 'pages', SLIPWAY_COMMIT: '4f2a91c', SLIPWAY_ENVIRONMENT: 'staging' }

    expect(readSettings({ DATABASE_URL, ...environment })).toMatchObject({
      settings: { port: 0, memoryLimitMb: 128, pages: 'pages', version: { commit: '4f2a91c', environment: 'staging' } },
    })
  })

  it('name every problem at once', () => {
    expect(readSettings({ DATABASE_URL: 'mysql://', PORT: 'http', MEMORY_LIMIT_MB: '1' })).toEqual({
      kind: 'invalid',
      problems: [
        'DATABASE_URL must be postgres://user:password@host:port/database',
        'PORT must be a whole number from 0 to 65535, not "http"',
        'MEMORY_LIMIT_MB must be a whole number from 32 to 65536, not "1"',
      ],
    })
  })
})
