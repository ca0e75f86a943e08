export type Route =
  | { readonly page: 'catalogue' }
  | { readonly page: 'product'; readonly id: number }
  | { readonly page: 'cart' }
  | { readonly page: 'checkout' }
  | { readonly page: 'confirmation'; readonly orderId: string }

/** Pages live behind the `#`, so that any file server can host the shop. */
export function routeOf(hash: string): Route {
  const [page, detail = ''] = hash.replace(/^#\//, '').split('/')
  switch (page) {
    case 'products':
      return /^\d+$/.test(detail) ? { page: 'product', id: Number(detail) } : { page: 'catalogue' }
    case 'orders':
      return { page: 'confirmation', orderId: detail }
    case 'cart':
    case 'checkout':
      return { page }
    default:
      return { page: 'catalogue' }
  }
}
