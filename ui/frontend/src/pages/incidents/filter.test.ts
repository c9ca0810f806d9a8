import { describe, expect, it } from 'vitest'
import { caseQuery, filtered, inView, readFilter, writeFilter } from './filter'

describe('queue filter in the URL', () => {
  it('comes back as it was written', () => {
    const filter = readFilter({ view: 'all', q: '暴力 破解', grade: 'larger', state: 'new', org: '990100', hours: '24', sort: 'newest', assignee: 'wang' })
    expect(readFilter(writeFilter(filter))).toEqual(filter)
  })
  it('writes nothing for the defaults', () => expect(writeFilter(readFilter({}))).toEqual({}))
  it('sorts by time left in the view of near deadlines', () => {
    expect(readFilter({ view: 'due' }).sort).toBe('due')
    expect(writeFilter(readFilter({ view: 'due' }))).toEqual({ view: 'due' })
  })
  it('throws away what it does not know', () => {
    const filter = readFilter({ view: '<script>', grade: 'worst,major', state: 'x', org: '../etc', hours: '-5', sort: 'drop' })
    expect(filter).toEqual(readFilter({ grade: 'major' }))
  })
  it('keeps the peek', () => expect(writeFilter(readFilter({}), { peek: 'WL-1' })).toEqual({ peek: 'WL-1' }))
  it('knows whether anything narrows the view', () => {
    expect(filtered(readFilter({ view: 'all' }))).toBe(false)
    expect(filtered(readFilter({ hours: '1' }))).toBe(true)
  })
  it('asks for what the view means', () => {
    expect(caseQuery(readFilter({}), 0)).toEqual({ open: 'true', state: 'new', sort: 'grade' })
    expect(caseQuery(readFilter({ view: 'mine' }), 0)).toMatchObject({ assignee: 'me', open: 'true' })
    expect(caseQuery(readFilter({ hours: '1' }), 7_200_000).from).toBe('3600000')
  })
  it('cuts near deadlines and reopened cases itself', () => {
    const row = (dueAt: number, reopened: boolean) => ({ reopened, deadline: dueAt ? { id: '', name: '', state: 'running' as const, dueAt, clause: '', verified: true } : null })
    expect([1, 7_200_001, 0].map(due => inView(readFilter({ view: 'due' }), row(due, false), 1))).toEqual([true, false, false])
    expect(inView(readFilter({ view: 'reopened' }), row(0, true), 1)).toBe(true)
    expect(inView(readFilter({ view: 'reopened' }), row(0, false), 1)).toBe(false)
    expect(inView(readFilter({}), row(0, false), 1)).toBe(true)
  })
})
