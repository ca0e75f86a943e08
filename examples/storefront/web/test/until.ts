import { vi } from 'vitest'

/** Waits for the page to get there; the limit is for a machine that is busy with other things. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000, interval: 10 })
}
