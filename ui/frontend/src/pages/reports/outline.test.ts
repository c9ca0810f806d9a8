import { describe, expect, it } from 'vitest'
import { outline } from './outline'

describe('report outline', () => {
  it('keeps the order and opens figures to their cases', () => {
    const pieces = outline({ title: 'x', from: 1_764_000_000_000, handled: { value: 2, cases: ['WL-1', 'WL-2'] }, list: [{ a: 1 }, { b: 2 }], nothing: [], deep: { n: 3 } })
    expect(pieces.map(p => p.kind + ':' + p.name)).toEqual(['text:title', 'time:from', 'figure:handled', 'title:list', 'table:list', 'title:deep', 'figure:n'])
    expect(pieces[2]?.cases).toEqual(['WL-1', 'WL-2'])
    expect(pieces[4]?.columns).toEqual(['a', 'b'])
  })
  it('ends on a document without end', () => {
    const loop: Record<string, unknown> = {}
    loop.self = loop
    expect(outline(loop)).toEqual([])
  })
})
