import { useEffect, useState } from 'preact/hooks'

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: string }

/** Loads again when `key` changes, and drops answers that arrive too late to matter. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ kind: 'loading' })

  useEffect(() => {
    let current = true
    load().then(
      (value) => current && setLoaded({ kind: 'ready', value }),
      (failure: Error) => current && setLoaded({ kind: 'failed', reason: failure.message }),
    )
    return () => {
      current = false
    }
  }, [key])
  return loaded
}
