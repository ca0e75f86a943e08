import { useEffect, useState } from 'preact/hooks'
import { CartPage } from './pages/cart'
import { CataloguePage } from './pages/catalogue'
import { CheckoutPage } from './pages/checkout'
import { ConfirmationPage } from './pages/confirmation'
import { ProductPage } from './pages/product'
import { Footer } from './parts/footer'
import { Header } from './parts/header'
import { loadCart, pieces, saveCart, withQuantity, type Cart } from './shop/cart'
import { routeOf, type Route } from './shop/route'

export function App() {
  const route = useRoute()
  const [cart, setCart] = useState<Cart>(() => loadCart(localStorage))
  useEffect(() => saveCart(localStorage, cart), [cart])

  const setQuantity = (productId: number, quantity: number) =>
    setCart((before) => withQuantity(before, productId, quantity))
  return (
    <>
      <Header pieces={pieces(cart)} />
      <main id="main">
        <Page route={route} cart={cart} setQuantity={setQuantity} emptyCart={() => setCart([])} />
      </main>
      <Footer />
    </>
  )
}

interface PageProps {
  route: Route
  cart: Cart
  setQuantity: (productId: number, quantity: number) => void
  emptyCart: () => void
}

function Page({ route, cart, setQuantity, emptyCart }: PageProps) {
  switch (route.page) {
    case 'catalogue':
      return <CataloguePage />
    case 'product':
      return <ProductPage key={route.id} id={route.id} cart={cart} setQuantity={setQuantity} />
    case 'cart':
      return <CartPage cart={cart} setQuantity={setQuantity} />
    case 'checkout':
      return <CheckoutPage cart={cart} emptyCart={emptyCart} />
    case 'confirmation':
      return <ConfirmationPage key={route.orderId} orderId={route.orderId} />
  }
}

function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash))

  useEffect(() => {
    const follow = () => {
      setRoute(routeOf(location.hash))
      window.scrollTo(0, 0)
    }
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return route
}
