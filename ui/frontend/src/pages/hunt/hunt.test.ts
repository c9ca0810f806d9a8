import { describe, expect, it } from 'vitest'
import { withClause } from './clause'
import { bars, brushed } from './histogram'
import { readHunt, writeHunt } from './range'

const buckets = [0, 1, 2, 3].map(n => ({ from: 1000 + n * 100, span: 100, count: n * 10 }))

describe('histogram', () => {
  it('draws the highest bucket full and an empty one not at all', () => {
    const drawn = bars(buckets, 400, 50)
    expect(drawn[3]).toMatchObject({ x: 300, y: 0, height: 50 })
    expect(drawn[0]?.height).toBe(0)
    expect(bars([], 10, 10)).toEqual([])
  })
  it('turns a brush into whole buckets, whichever way it was drawn', () => {
    expect(brushed(buckets, 0.3, 0.6)).toEqual({ from: 1100, to: 1300 })
    expect(brushed(buckets, 0.6, 0.3)).toEqual({ from: 1100, to: 1300 })
    expect(brushed(buckets, -1, 2)).toEqual({ from: 1000, to: 1400 })
    expect(brushed([], 0, 1)).toBeNull()
  })
})

describe('clauses', () => {
  it('adds a value and quotes what needs it', () => {
    expect(withClause('', 'source.ip', '10.1.2.3', false)).toBe('source.ip:10.1.2.3')
    expect(withClause('root', 'user.name', 'a b"c', true)).toBe('root and not user.name:"a b\\"c"')
    expect(withClause('', 'source.ip', '2001:db8::1', false)).toBe('source.ip:"2001:db8::1"')
    expect(withClause('', 'user.name', 'not', false)).toBe('user.name:"not"')
  })
  it('keeps the meaning of an or', () => expect(withClause('a or b', 'x', 'y', false)).toBe('(a or b) and x:y'))
  it('adds nothing twice', () => expect(withClause('root and x:y', 'x', 'y', false)).toBe('root and x:y'))
})

describe('hunt in the URL', () => {
  it('keeps a relative range relative and an absolute one absolute', () => {
    expect(readHunt(writeHunt({ q: 'a:b', last: 24, from: 0, to: 0 }))).toEqual({ q: 'a:b', last: 24, from: 0, to: 0 })
    expect(readHunt(writeHunt({ q: '', last: 0, from: 5, to: 9 }))).toEqual({ q: '', last: 0, from: 5, to: 9 })
  })
  it('falls back to the last day', () => {
    expect(readHunt({ from: 'x', to: '3' })).toEqual({ q: '', last: 24, from: 0, to: 0 })
    expect(readHunt({ from: '9', to: '3' }).last).toBe(24)
  })
})
