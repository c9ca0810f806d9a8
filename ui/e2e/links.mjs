// One-time links by role, from a file (any text with "role … link" lines, or JSON) or from role=link arguments.
import { existsSync, readFileSync } from 'node:fs'

export const ROLES = ['operator', 'audit', 'system', 'security']

export function links(sources) {
  const found = {}
  for (const source of sources) {
    const text = existsSync(source) ? readFileSync(source, 'utf8') : source
    for (const line of text.split(/[\n,]/)) {
      const link = /https?:\/\/[^\s"']+\/enter#[\w.~%-]+/.exec(line)?.[0]
      const role = ROLES.find(name => new RegExp(`\\b${name}\\b`).test(link ? line.replace(link, '') : ''))
      if (link && role) found[role] = link
    }
  }
  return found
}
