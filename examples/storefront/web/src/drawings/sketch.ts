import type { VNode } from 'preact'

/** Colours made of one glaze, from shade to shine. */
export interface Palette {
  readonly body: string
  readonly tint: string
  readonly deep: string
  readonly light: string
  readonly pale: string
}

/** Draws into a square of 200 by 200; things stand on y = 162. */
export type Sketch = (palette: Palette) => VNode
