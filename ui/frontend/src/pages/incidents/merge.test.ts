import { describe, expect, it } from 'vitest'
import { merge } from './merge'

const row = (id: string, revision = 1) => ({ id, revision, updatedAt: revision })

describe('a live list', () => {
  it('holds new rows back and moves nothing', () => {
    const kept = merge([row('b'), row('a')], [row('new'), row('a'), row('b')], true)
    expect(kept.rows.map(r => r.id)).toEqual(['b', 'a'])
    expect(kept.waiting).toEqual(['new'])
  })
  it('changes a row where it stands', () => {
    const kept = merge([row('a'), row('b')], [row('b', 2), row('a')], true)
    expect(kept.rows.map(r => [r.id, r.revision])).toEqual([['a', 1], ['b', 2]])
    expect([...kept.changed]).toEqual(['b'])
  })
  it('keeps a row that no longer matches, marked', () => {
    const kept = merge([row('a'), row('b')], [row('b')], true)
    expect(kept.rows.map(r => r.id)).toEqual(['a', 'b'])
    expect([...kept.gone]).toEqual(['a'])
  })
  it('calls nothing gone when only a part was read', () => {
    expect(merge([row('a'), row('b')], [row('a')], false).gone.size).toBe(0)
  })
  it('does not go back to an older revision', () => {
    expect(merge([row('a', 3)], [row('a', 2)], true).rows[0]?.revision).toBe(3)
  })
})
