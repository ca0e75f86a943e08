import { fetchVersion } from '../shop/client'
import { useLoaded } from '../shop/use-loaded'

export function Footer() {
  const version = useLoaded('version', fetchVersion)

  return (
    <footer class="footer">
      <p>Tidewater makes and mends in small batches. Orders leave the workshop within two days.</p>
      {version.kind === 'ready' && (
        <p class="version">
          Version <code>{version.value.commit.slice(0, 10)}</code> in {version.value.environment}
        </p>
      )}
    </footer>
  )
}
