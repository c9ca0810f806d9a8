/**
 * Law 1: never move what the operator is touching. A fresh answer changes known rows where they stand, keeps rows that no
 * longer match (greyed), and holds new ones back for the pill.
 */
export interface Kept<Row> {
  rows: Row[]
  gone: Set<string>
  changed: Set<string>
  waiting: string[]
}

interface Versioned {
  id: string
  revision: number
  updatedAt: number
}

export function merge<Row extends Versioned>(shown: Row[], fresh: Row[], whole: boolean): Kept<Row> {
  const news = new Map(fresh.map(row => [row.id, row]))
  const changed = new Set<string>()
  const gone = new Set<string>()
  const rows = shown.map(row => {
    const next = news.get(row.id)
    if (!next) {
      if (whole) gone.add(row.id)
      return row
    }
    news.delete(row.id)
    if (next.revision < row.revision) return row
    if (next.revision !== row.revision || next.updatedAt !== row.updatedAt) changed.add(row.id)
    return next
  })
  return { rows, gone, changed, waiting: [...news.keys()] }
}
