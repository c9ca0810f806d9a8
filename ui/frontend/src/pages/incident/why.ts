import type { Reason } from '@/api/types'

export interface Group {
  key: 'scheme' | 'table' | 'rule'
  name: string
  reasons: Reason[]
}

const TABLES = ['category', 'loss', 'importance', 'casepolicy', 'deadline']

/** Reasons by what they rest on: first what the rules saw, then our tables, then each grading scheme. */
export function groups(reasons: Reason[], schemes: readonly string[]): Group[] {
  const found = new Map<string, Group>()
  for (const reason of reasons) {
    const stem = reason.basis.split('#')[0] ?? ''
    const key = schemes.includes(stem) ? 'scheme' : TABLES.includes(stem) ? 'table' : 'rule'
    const name = key === 'rule' ? '' : stem
    const group = found.get(key + name) ?? { key, name, reasons: [] }
    group.reasons.push(reason)
    found.set(key + name, group)
  }
  const order = { rule: 0, table: 1, scheme: 2 }
  return [...found.values()].sort((a, b) => order[a.key] - order[b.key] || schemes.indexOf(a.name) - schemes.indexOf(b.name))
}
