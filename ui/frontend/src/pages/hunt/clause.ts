/** Adds `field:value` or `not field:value` to a query, quoted where the language needs it, never twice. */
export const quoted = (value: string): string => (/^[\w.:/@-]+$/.test(value) && !/^(and|or|not)$/i.test(value) && !value.includes(':') ? value : '"' + value.replace(/([\\"])/g, '\\$1') + '"')

export function withClause(query: string, field: string, value: string, not: boolean): string {
  const clause = `${not ? 'not ' : ''}${field}:${quoted(value)}`
  const old = query.trim()
  if (!old) return clause
  if (old === clause || old.endsWith(' and ' + clause)) return old
  return /\bor\b/i.test(old) ? `(${old}) and ${clause}` : `${old} and ${clause}`
}
