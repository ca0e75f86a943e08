import type { Checkout, Customer, Line } from './order'

export type Parsed<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

const MOST_LINES = 50
const MOST_PIECES = 99

export function parseCheckout(body: unknown): Parsed<Checkout> {
  const lines = parseLines(body)
  const problems = lines.kind === 'invalid' ? [...lines.problems] : []
  const given = fieldsOf(fieldsOf(body)['customer'])

  const customer: Customer = {
    name: text(given, 'name', 100, problems),
    email: text(given, 'email', 200, problems),
    address: text(given, 'address', 500, problems),
  }
  if (customer.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(customer.email)) {
    problems.push('customer.email is not an e-mail address')
  }
  if (lines.kind === 'invalid' || problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'valid', value: { customer, lines: lines.value } }
}

/** Reads `{lines: [{productId, quantity}]}`. Lines of one product become one line. */
export function parseLines(body: unknown): Parsed<readonly Line[]> {
  const given = fieldsOf(body)['lines']
  if (!Array.isArray(given) || given.length < 1 || given.length > MOST_LINES) {
    return { kind: 'invalid', problems: [`lines must be a list of 1 to ${MOST_LINES}`] }
  }
  const problems: string[] = []
  const quantities = new Map<number, number>()
  given.forEach((line, index) => {
    const { productId, quantity } = fieldsOf(line)
    if (!isWholeNumber(productId, 2 ** 31 - 1)) problems.push(`lines[${index}].productId is not a product`)
    else if (!isWholeNumber(quantity, MOST_PIECES)) problems.push(`lines[${index}].quantity must be 1 to ${MOST_PIECES}`)
    else quantities.set(productId, (quantities.get(productId) ?? 0) + quantity)
  })
  if (problems.length > 0) return { kind: 'invalid', problems }
  return { kind: 'valid', value: [...quantities].map(([productId, quantity]) => ({ productId, quantity })) }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(fields: Readonly<Record<string, unknown>>, name: string, longest: number, problems: string[]): string {
  const value = fields[name]
  const trimmed = typeof value === 'string' ? value.trim() : ''
  if (trimmed === '' || trimmed.length > longest) problems.push(`customer.${name} must have 1 to ${longest} characters`)
  return trimmed
}

function isWholeNumber(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most
}
