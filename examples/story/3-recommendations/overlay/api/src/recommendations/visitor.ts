import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

const COOKIE = 'visitor'
const DAYS_90 = 90 * 24 * 60 * 60

/** A random name for this browser, kept in a cookie; says nothing about the person. */
export function visitorOf(c: Context): string {
  const known = getCookie(c, COOKIE)
  if (known && /^[\w-]{1,64}$/.test(known)) return known

  const visitor = crypto.randomUUID()
  setCookie(c, COOKIE, visitor, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: DAYS_90 })
  return visitor
}
