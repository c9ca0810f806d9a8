/** Where to go after signing in: only a path of this console, never another address. */
export function safeNext(next: unknown): string | undefined {
  if (typeof next !== 'string' || !next.startsWith('/') || /^\/[/\\]/.test(next) || /[\\\u0000-\u001f]/.test(next)) return undefined
  return next.startsWith('/sign-in') || next.startsWith('/enter') ? undefined : next
}
