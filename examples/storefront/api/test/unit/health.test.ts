import { describe, expect, it } from 'vitest'
import { checkHealth, type HealthProbes } from '../../src/health/health'

const MB = 1024 * 1024
const well: HealthProbes = { database: async () => {}, usedBytes: () => 90 * MB, memoryLimitMb: 192 }

describe('a replica', () => {
  it('is healthy when its database answers and memory is left', async () => {
    expect(await checkHealth(well)).toEqual({ status: 'ok', memory: { usedMb: 90, limitMb: 192 }, reasons: [] })
  })

  it('is unhealthy at its memory limit', async () => {
    const health = await checkHealth({ ...well, usedBytes: () => 192 * MB })

    expect(health.status).toBe('unhealthy')
    expect(health.reasons).toEqual(['memory: 192 MB used, the limit is 192 MB'])
  })

  it('is unhealthy without its database, and says every reason', async () => {
    const database = () => Promise.reject(new Error('no answer within 1000 ms'))
    const health = await checkHealth({ ...well, database, usedBytes: () => 300 * MB })

    expect(health.reasons).toEqual([
      'database: no answer within 1000 ms',
      'memory: 300 MB used, the limit is 192 MB',
    ])
  })
})
