import { describe, expect, it } from 'vitest'
import { after, type GridState, move, toggle, toggleAll } from './cursor'

const ids = ['a', 'b', 'c', 'd', 'e']
const at = (cursor: string, selected: string[] = []): GridState => ({ cursor, anchor: cursor, selected: new Set(selected) })

describe('grid cursor', () => {
  it('moves and stops at both ends', () => {
    expect(move(at('b'), ids, 'down').cursor).toBe('c')
    expect(move(at('a'), ids, 'up').cursor).toBe('a')
    expect(move(at('e'), ids, 'down').cursor).toBe('e')
    expect(move(at('c'), ids, 'first').cursor).toBe('a')
    expect(move(at('c'), ids, 'last').cursor).toBe('e')
    expect(move(at('a'), ids, 'page-down', 3).cursor).toBe('d')
  })
  it('starts at the top when nothing was under it, or when its row went away', () => {
    expect(move(at(''), ids, 'down').cursor).toBe('a')
    expect(move(at('gone'), ids, 'down').cursor).toBe('a')
  })
  it('stays on its row when rows come in above', () => {
    expect(move(at('b'), ['x', 'y', ...ids], 'down').cursor).toBe('c')
  })
  it('selects a range from the anchor, both ways', () => {
    let state = move(at('b'), ids, 'down', 10, true)
    state = move(state, ids, 'down', 10, true)
    expect([...state.selected]).toEqual(['b', 'c', 'd'])
    expect(state.anchor).toBe('b')
    expect([...move(at('c'), ids, 'up', 10, true).selected].sort()).toEqual(['b', 'c'])
  })
  it('keeps the selection while moving', () => expect([...move(at('a', ['e']), ids, 'down').selected]).toEqual(['e']))
  it('turns a row over', () => {
    expect([...toggle(at('a'), 'c').selected]).toEqual(['c'])
    expect([...toggle(at('a', ['c']), 'c').selected]).toEqual([])
  })
  it('takes all shown rows, or gives them back, and leaves unseen ones alone', () => {
    expect([...toggleAll(at('a', ['z']), ids).selected].sort()).toEqual([...ids, 'z'])
    expect([...toggleAll(at('a', ['z', ...ids]), ids).selected]).toEqual(['z'])
    expect([...toggleAll(at(''), []).selected]).toEqual([])
  })
  it('rests on the next row after an action, on the one before at the end', () => {
    expect(after(ids, 'b')).toBe('c')
    expect(after(ids, 'e')).toBe('d')
    expect(after(['a'], 'a')).toBe('a')
  })
  it('does nothing on an empty list', () => expect(move(at(''), [], 'down').cursor).toBe(''))
})
