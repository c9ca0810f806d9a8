/** Where the cursor goes and what is selected, by id and never by position: rows may come and go under both. */
export interface GridState {
  cursor: string
  anchor: string
  selected: ReadonlySet<string>
}

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last'

export const MOVES: Record<string, Move> = {
  j: 'down', k: 'up', J: 'down', K: 'up', ArrowDown: 'down', ArrowUp: 'up',
  PageDown: 'page-down', PageUp: 'page-up', Home: 'first', End: 'last',
}

/** `range` selects everything between the anchor and the new place (Shift+j, Shift+k). */
export function move(state: GridState, ids: string[], how: Move, page = 10, range = false): GridState {
  if (ids.length === 0) return state
  const at = ids.indexOf(state.cursor)
  const steps: Record<Move, number> = { up: -1, down: 1, 'page-up': -page, 'page-down': page, first: -ids.length, last: ids.length }
  const target = at < 0 ? (how === 'last' ? ids.length - 1 : 0) : Math.min(ids.length - 1, Math.max(0, at + steps[how]))
  const cursor = ids[target] ?? ''
  if (!range) return { ...state, cursor, anchor: cursor }
  const anchor = ids.includes(state.anchor) ? state.anchor : at < 0 ? cursor : state.cursor
  const from = ids.indexOf(anchor)
  const between = ids.slice(Math.min(from, target), Math.max(from, target) + 1)
  return { cursor, anchor, selected: new Set([...state.selected, ...between]) }
}

/** Turns one row's selection over. */
export function toggle(state: GridState, id: string): GridState {
  const selected = new Set(state.selected)
  if (!selected.delete(id)) selected.add(id)
  return { ...state, cursor: id, anchor: id, selected }
}

/** All shown rows, or none when all were. Rows that are selected but not shown stay. */
export function toggleAll(state: GridState, ids: string[]): GridState {
  const all = ids.length > 0 && ids.every(id => state.selected.has(id))
  const selected = new Set(state.selected)
  for (const id of ids) if (all) selected.delete(id); else selected.add(id)
  return { ...state, selected }
}

/** The row after this one, else the one before: where the cursor rests after an action. */
export function after(ids: string[], id: string): string {
  const at = ids.indexOf(id)
  return ids[at + 1] ?? ids[at - 1] ?? id
}
