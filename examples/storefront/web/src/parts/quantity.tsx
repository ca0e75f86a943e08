interface QuantityProps {
  name: string
  quantity: number
  most: number
  change: (quantity: number) => void
}

export function Quantity({ name, quantity, most, change }: QuantityProps) {
  return (
    <div class="quantity" role="group" aria-label={`Quantity of ${name}`}>
      <button type="button" aria-label={`One ${name} less`} onClick={() => change(quantity - 1)}>
        −
      </button>
      <output>{quantity}</output>
      <button type="button" aria-label={`One ${name} more`} disabled={quantity >= most} onClick={() => change(quantity + 1)}>
        +
      </button>
    </div>
  )
}
