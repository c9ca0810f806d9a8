import { describe, expect, it } from 'vitest'
import type { EventRow, WholeCase } from '@/api/types'
import { story } from './story'
import { groups } from './why'

const reason = (basis: string) => ({ fact: basis, basis, clause: '', effect: '', verified: true })

describe('why', () => {
  it('groups reasons by rule, table and scheme, and loses none', () => {
    const found = groups(['cac-2025#3', 'rule-a', 'loss#1', 'gbt20986-2023#m1', 'rule-b', 'category#1'].map(reason), ['gbt20986-2023', 'cac-2025'])
    expect(found.map(group => group.key + ':' + group.name)).toEqual(['rule:', 'table:loss', 'table:category', 'scheme:gbt20986-2023', 'scheme:cac-2025'])
    expect(found.flatMap(group => group.reasons)).toHaveLength(6)
  })
})

const event = (time: number, dataset: string): EventRow => ({ id: 'e' + time, time, ingested: time, dataset, original: '', fields: {} })
const bare = { openedAt: 50, title: 'x', notes: [], deadlines: [], messages: [], incident: { signals: [] } } as unknown as WholeCase

describe('story', () => {
  it('folds a run of events of one dataset and keeps the order of time', () => {
    const lines = story(bare, [event(3, 'sshd'), event(1, 'sshd'), event(2, 'sshd'), event(60, 'sshd'), event(4, 'nginx')])
    expect(lines.map(line => [line.kind, line.text, line.count])).toEqual([
      ['event', 'sshd', 3],
      ['event', 'nginx', 1],
      ['incident', 'x', 1],
      ['event', 'sshd', 1],
    ])
    expect(lines[0]?.until).toBe(3)
  })
})
