/** The body as data, or undefined if it isn't JSON: the parsers say what is wrong with it. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}
