const FEW = 5

export function Stock({ stock }: { stock: number }) {
  if (stock === 0) return <span class="stock stock-none">Sold out</span>
  if (stock <= FEW) return <span class="stock stock-few">Only {stock} left</span>
  return <span class="stock">In stock</span>
}
