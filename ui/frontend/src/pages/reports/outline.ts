/**
 * Lays any report document out as titles, figures, texts and tables, in its own order. A figure is a number, or an object
 * with `value` and the case ids it was counted from (`cases`, `caseIds`, `records` or `ids`).
 */
export interface Piece {
  kind: 'title' | 'figure' | 'time' | 'text' | 'table'
  name: string
  depth: number
  number: number
  text: string
  cases: string[]
  columns: string[]
  rows: Record<string, unknown>[]
}

type Fields = Record<string, unknown>

const piece = (kind: Piece['kind'], name: string, depth: number, part: Partial<Piece> = {}): Piece => ({ kind, name, depth, number: 0, text: '', cases: [], columns: [], rows: [], ...part })
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isTime = (name: string, value: number): boolean => value > 1e12 && value < 1e14 && /(at|from|to|until|time|asof|since)$/i.test(name)

function caseIds(fields: Fields): string[] {
  for (const key of ['cases', 'caseIds', 'records', 'ids']) {
    const list = fields[key]
    if (Array.isArray(list) && list.every(one => typeof one === 'string')) return list as string[]
  }
  return []
}

export function outline(document: Fields, depth = 0): Piece[] {
  if (depth > 5) return []
  return Object.entries(document).flatMap(([name, value]): Piece[] => {
    if (value === null || value === undefined || value === '') return []
    if (typeof value === 'number') return [piece(isTime(name, value) ? 'time' : 'figure', name, depth, { number: value })]
    if (typeof value === 'boolean' || typeof value === 'string') return [piece('text', name, depth, { text: String(value) })]
    if (Array.isArray(value)) {
      if (value.length === 0) return []
      if (value.every(isFields)) {
        const columns = [...new Set((value as Fields[]).flatMap(row => Object.keys(row)))]
        return [piece('title', name, depth), piece('table', name, depth, { columns, rows: value as Fields[] })]
      }
      return [piece('text', name, depth, { text: value.map(one => (isFields(one) ? JSON.stringify(one) : String(one))).join('\n') })]
    }
    const fields = value as Fields
    const number = fields.value ?? fields.count
    if (typeof number === 'number') return [piece('figure', name, depth, { number, cases: caseIds(fields) })]
    const inner = outline(fields, depth + 1)
    return inner.length ? [piece('title', name, depth + 1), ...inner] : []
  })
}
