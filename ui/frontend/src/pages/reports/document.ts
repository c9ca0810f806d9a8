/** The signed document, format `wanglou-report/1`. Words come in both languages; times as RFC 3339. */
export interface Words { zh: string; en: string }
export interface Ref { objectType: string; objectId: string; revision: number; ledgerIndex: number; leafHash: string }
export interface Indicator {
  id: string
  name: Words
  value: number | null
  unit: Words
  numerator: number | null
  denominator: number | null
  formula: string
  applicability: 'applicable' | 'not-applicable' | 'no-data' | 'to-check'
  recordCount: number
  records: Ref[]
  rest: { object: string; condition: string; path: string }
}
export interface ReportBody {
  format: string
  id: string
  kind: string
  title: Words
  unit: { id: string; name: string; kind: string; units: number }
  period: { from: string; to: string; zone: string; shownFrom: string; shownTo: string; ended: boolean }
  made: { at: string; shownAt: string; by: string; node: string; software: string; cryptoModule: string; algorithm: string; kid: string }
  basis: Record<string, string[]>
  completeness: { archived: number; applicability: string; intervals: number; emptyIntervals: number; gapCount: number; gaps: { from: string; to: string }[]; sources: { dataset: string; count: number }[]; statement: Words }
  ledger: { origin: string; size: number; root: string; checkpoint: string }
  sections: { id: string; title: Words; indicators: Indicator[] }[]
  toCheck: string[]
  notices: string[]
}

export const isReport = (document: unknown): document is ReportBody =>
  typeof document === 'object' && document !== null && String((document as ReportBody).format).startsWith('wanglou-report/') && Array.isArray((document as ReportBody).sections)

/**
 * The console's page for the query that gives all records: the queue for cases, else none. What the queue cannot say is not
 * left out silently: then there is no link.
 */
export function door(path: string): { name: string; query: Record<string, string> } | null {
  const [where, text] = path.split('?')
  if (where !== '/api/v1/cases') return null
  const asked = new URLSearchParams(text ?? '')
  const known = ['state', 'grade', 'org', 'q', 'assignee', 'from', 'to', 'sort', 'limit', 'offset', 'open']
  if ([...asked.keys()].some(key => !known.includes(key))) return null
  const query: Record<string, string> = { view: 'all' }
  for (const key of ['state', 'grade', 'org', 'q', 'assignee']) if (asked.get(key)) query[key] = asked.get(key) ?? ''
  for (const key of ['from', 'to']) {
    const value = asked.get(key) ?? ''
    if (value) query[key] = /^\d+$/.test(value) ? value : String(Date.parse(value))
  }
  return { name: 'incidents', query }
}
