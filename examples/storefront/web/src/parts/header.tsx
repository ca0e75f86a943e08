export function Header({ pieces }: { pieces: number }) {
  return (
    <header class="header">
      <a class="skip" href="#main" onClick={skipToContent}>
        Skip to content
      </a>
      <a class="brand" href="#/">
        <svg viewBox="0 0 40 32" aria-hidden="true">
          <circle cx="27" cy="9" r="5" fill="#e9a15b" stroke="none" />
          <path d="M3 19c5.5-6 11-6 17 0s11.5 6 17 0" />
          <path d="M3 27c5.5-6 11-6 17 0s11.5 6 17 0" opacity=".5" />
        </svg>
        Tidewater
      </a>
      <nav aria-label="Shop">
        <a href="#/">Catalogue</a>
        <a class="cart-link" href="#/cart" aria-label={`Cart, ${pieces} ${pieces === 1 ? 'piece' : 'pieces'}`}>
          Cart <span class="count">{pieces}</span>
        </a>
      </nav>
    </header>
  )
}

/** The address after the `#` names the page, so the jump is ours to make. */
function skipToContent(event: Event) {
  event.preventDefault()
  const main = document.getElementById('main')
  main?.setAttribute('tabindex', '-1')
  main?.focus()
}
