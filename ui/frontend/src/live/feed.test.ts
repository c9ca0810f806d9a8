import { describe, expect, it } from 'vitest'
import { type Change, Feed, type FeedState } from './feed'
import { EventStreamReader } from './sse'

describe('event stream', () => {
  it('reads events cut at any byte', () => {
    const text = ': hello\n\nid: 7\nevent: case\ndata: {"object":"WL-1","revision":2}\n\nid: 8\r\nevent: ledger\r\ndata: {}\r\n\r\n'
    for (let size = 1; size < text.length; size++) {
      const reader = new EventStreamReader()
      const events = []
      for (let at = 0; at < text.length; at += size) events.push(...reader.feed(text.slice(at, at + size)))
      expect(events.map(e => e.event + e.id)).toEqual(['case7', 'ledger8'])
    }
  })
  it('joins data lines and keeps the id', () => {
    const reader = new EventStreamReader()
    expect(reader.feed('id: 3\ndata: a\ndata: b\n\ndata: c\n\n')).toEqual([
      { id: '3', event: 'message', data: 'a\nb' },
      { id: '3', event: 'message', data: 'c' },
    ])
  })
})

function stream(...chunks: string[]): Response {
  const encoder = new TextEncoder()
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(encoder.encode(chunk))
        controller.close()
      },
    }),
  )
}

async function follow(answers: (() => Response)[]): Promise<{ changes: Change[]; states: FeedState[]; ids: string[] }> {
  const changes: Change[] = []
  const states: FeedState[] = []
  const ids: string[] = []
  let at = 0
  const feed = new Feed(
    { change: change => changes.push(change), state: state => states.push(state), beat: () => {} },
    lastId => {
      ids.push(lastId)
      const next = answers[at++]
      return next ? Promise.resolve(next()) : Promise.resolve(new Response('', { status: 401 }))
    },
    () => Promise.resolve(),
  )
  await feed.run()
  return { changes, states, ids }
}

describe('feed', () => {
  it('asks for what it missed after the line broke', async () => {
    const { ids, changes } = await follow([() => stream('id: 41\nevent: case\ndata: {"object":"WL-1","revision":1}\n\n'), () => stream('')])
    expect(ids).toEqual(['', '41', '41'])
    expect(changes).toEqual([{ kind: 'case', object: 'WL-1', revision: 1 }])
  })
  it('hears a reset and forgets the old place', async () => {
    const { ids, changes } = await follow([
      () => stream('id: 9\nevent: case\ndata: {"object":"a","revision":1}\n\n'),
      () => stream('event: reset\nid: 900\ndata: {}\n\n'),
    ])
    expect(changes.map(change => change.kind)).toEqual(['case', 'reset'])
    expect(ids).toEqual(['', '9', '900'])
  })
  it('takes an unreadable event for a reset, never for nothing', async () => {
    const { changes } = await follow([() => stream('id: 1\nevent: case\ndata: {oops\n\n')])
    expect(changes.map(change => change.kind)).toEqual(['reset'])
  })
  it('goes on after a refused connection and stops when signed out', async () => {
    const { states } = await follow([() => new Response('', { status: 503 })])
    expect(states).toEqual(['connecting', 'connecting', 'connecting', 'signed-out'])
  })
  it('passes over events that it does not know', async () => {
    const { changes } = await follow([() => stream('event: novelty\ndata: {}\n\n')])
    expect(changes).toEqual([])
  })
})
