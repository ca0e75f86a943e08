import type { ComponentChildren } from 'preact'
import type { Loaded } from '../shop/use-loaded'

/** What a page shows while it has nothing to show. */
export function Waiting({ loaded }: { loaded: Loaded<unknown> }) {
  return loaded.kind === 'failed' ? <Notice title="That did not work">{loaded.reason}</Notice> : <p class="waiting">One moment…</p>
}

export function Notice({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="notice" role="status">
      <h1>{title}</h1>
      <p>{children}</p>
      <a class="button" href="#/">
        Back to the catalogue
      </a>
    </section>
  )
}
