import { render } from 'preact'
import { expect, it } from 'vitest'
import seed from '../../db/migrations/V1__products.sql?raw'
import { Drawing, SKETCHES } from '../src/drawings/drawing'
import { MUG } from './fake-api'

it('every product of the seed has a drawing of its own', () => {
  const drawings = [...seed.matchAll(/'(\w+)',\s+'#[0-9a-f]{6}'\)/g)].map(([, drawing]) => drawing!)

  expect(drawings).toHaveLength(12)
  expect(new Set(drawings)).toEqual(new Set(Object.keys(SKETCHES)))
})

it.each(Object.keys(SKETCHES))('%s is drawn in its glaze', (drawing) => {
  const wall = document.createElement('div')
  render(<Drawing of={{ ...MUG, drawing, tint: '#123456' }} />, wall)

  expect(wall.querySelectorAll('svg path').length).toBeGreaterThan(1)
  expect(wall.innerHTML).toMatch(/-body\)|#123456/)
})
