export interface HealthProbes {
  /** Resolves when the database answered in time, rejects with the reason otherwise. */
  readonly database: () => Promise<void>
  readonly usedBytes: () => number
  readonly memoryLimitMb: number
}

export interface Health {
  readonly status: 'ok' | 'unhealthy'
  readonly memory: { readonly usedMb: number; readonly limitMb: number }
  readonly reasons: readonly string[]
}

/** A replica that only says that it is alive hides what customers notice; this one says whether it can serve. */
export async function checkHealth(probes: HealthProbes): Promise<Health> {
  const memory = { usedMb: Math.round(probes.usedBytes() / 1024 / 1024), limitMb: probes.memoryLimitMb }
  const reasons = [...(await databaseProblem(probes)), ...memoryProblem(memory)]

  return { status: reasons.length === 0 ? 'ok' : 'unhealthy', memory, reasons }
}

async function databaseProblem(probes: HealthProbes): Promise<string[]> {
  try {
    await probes.database()
    return []
  } catch (failure) {
    return [`database: ${failure instanceof Error ? failure.message : String(failure)}`]
  }
}

function memoryProblem({ usedMb, limitMb }: Health['memory']): string[] {
  return usedMb < limitMb ? [] : [`memory: ${usedMb} MB used, the limit is ${limitMb} MB`]
}
