import { useId } from 'preact/hooks'
import type { Product } from '../shop/types'
import { mix } from './colour'
import { rooms } from './rooms'
import { table } from './table'
import type { Palette, Sketch } from './sketch'

export const SKETCHES: Readonly<Record<string, Sketch>> = { ...table, ...rooms }

/** The product's picture, drawn in its own glaze: no image file to load, sharp at every size. */
export function Drawing({ of: product }: { of: Product }) {
  const id = useId()
  const { tint } = product
  const palette: Palette = {
    body: `url(#${id}-body)`,
    tint,
    deep: mix(tint, '#1b1f24', 0.38),
    light: mix(tint, '#ffffff', 0.55),
    pale: mix(tint, '#fffaf2', 0.82),
  }
  const sketch = SKETCHES[product.drawing] ?? table['bowl']!
  return (
    <svg class="drawing" viewBox="0 0 200 200" role="img" aria-label={product.name}>
      <defs>
        <radialGradient id={`${id}-wall`} cx=".35" cy=".25" r="1">
          <stop offset="0" stop-color={mix(tint, '#fffaf2', 0.92)} />
          <stop offset="1" stop-color={mix(tint, '#f3ebdf', 0.68)} />
        </radialGradient>
        <linearGradient id={`${id}-body`}>
          <stop offset="0" stop-color={mix(tint, '#ffffff', 0.22)} />
          <stop offset=".45" stop-color={tint} />
          <stop offset="1" stop-color={palette.deep} />
        </linearGradient>
      </defs>
      <rect width="200" height="200" fill={`url(#${id}-wall)`} />
      <rect y="150" width="200" height="50" fill={palette.light} opacity=".35" />
      <ellipse cx="104" cy="163" rx="62" ry="8" fill={palette.deep} opacity=".28" />
      {sketch(palette)}
    </svg>
  )
}
