import { render } from 'preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CataloguePage } from '../src/pages/catalogue'
import { ProductPage } from '../src/pages/product'
import { fakeApi, MUG } from './fake-api'
import { until } from './until'

let page: HTMLElement
const recommended = () => [...page.querySelectorAll('.recommended .card-name')].map((each) => each.textContent)

beforeEach(() => {
  page = document.createElement('div')
  fakeApi()
})

afterEach(() => {
  render(null, page)
  vi.unstubAllGlobals()
})

it('a product shows what people also bought', async () => {
  render(<ProductPage id={MUG.id} cart={[]} setQuantity={() => {}} />, page)

  await until(() => expect(page.textContent).toContain('People also bought'))
  expect(recommended()).toEqual(['Slate clock'])
})

it('the catalogue shows what is picked for the visitor', async () => {
  render(<CataloguePage />, page)

  await until(() => expect(page.textContent).toContain('Picked for you'))
  expect(recommended()).toEqual(['Slate clock'])
})

it('an older release without recommendations leaves no gap', async () => {
  fakeApi({ 'GET /api/products': [200, { products: [MUG] }] })
  render(<CataloguePage />, page)

  await until(() => expect(page.textContent).toContain('Harbour mug'))
  expect(page.querySelector('.recommended')).toBeNull()
})
