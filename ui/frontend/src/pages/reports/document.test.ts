import { describe, expect, it } from 'vitest'
import { door, isReport } from './document'

describe('report figures', () => {
  it('open to the queue with the same question', () => {
    expect(door('/api/v1/cases?state=closed&org=990100&from=1000&to=2026-11-25T00:00:00Z')).toEqual({
      name: 'incidents',
      query: { view: 'all', state: 'closed', org: '990100', from: '1000', to: String(Date.UTC(2026, 10, 25)) },
    })
  })
  it('have no door where the queue could not show the same records', () => {
    expect(door('/api/v1/cases?severity=high')).toBeNull()
    expect(door('/api/v1/messages?state=dead')).toBeNull()
    expect(door('')).toBeNull()
  })
  it('are read only from a document of the known form', () => {
    expect(isReport({ format: 'wanglou-report/1', sections: [] })).toBe(true)
    for (const other of [null, 'x', {}, { format: 'wanglou-report/1' }, { format: 'other/1', sections: [] }]) expect(isReport(other)).toBe(false)
  })
})
