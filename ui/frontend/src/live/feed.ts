import { EventStreamReader } from './sse'

/** What a page hears: an object changed, or `reset`: it must read everything again. */
export interface Change {
  kind: 'case' | 'incident' | 'message' | 'health' | 'ledger' | 'reset'
  object: string
  revision: number
}

export type FeedState = 'live' | 'connecting' | 'signed-out'

export interface Listener {
  change(change: Change): void
  state(state: FeedState): void
  beat(): void
}

/** Silence longer than this means that the line is dead: the server sends a comment every 15 s. */
const SILENCE_MILLIS = 40_000

const KINDS = new Set(['case', 'incident', 'message', 'health', 'ledger'])

/**
 * One connection to `/api/v1/stream`, kept up with growing pauses. After a gap the server replays by Last-Event-ID or
 * says `reset`. A first connection also counts as a reset when `fresh` is false: what happened before it is unknown.
 */
export class Feed {
  private lastId = ''
  private closed = false
  private abort?: AbortController
  private pause = 1_000

  constructor(
    private readonly listener: Listener,
    private readonly open: (lastId: string, signal: AbortSignal) => Promise<Response>,
    private readonly sleep: (millis: number) => Promise<void> = millis => new Promise(done => setTimeout(done, millis)),
  ) {}

  async run(): Promise<void> {
    while (!this.closed) {
      this.listener.state('connecting')
      this.abort = new AbortController()
      let watch = setTimeout(() => this.abort?.abort(), SILENCE_MILLIS)
      try {
        const response = await this.open(this.lastId, this.abort.signal)
        if (response.status === 401) {
          this.listener.state('signed-out')
          return
        }
        if (response.ok && response.body) {
          this.pause = 1_000
          this.listener.state('live')
          const reader = response.body.getReader()
          const decoder = new TextDecoder()
          const parser = new EventStreamReader()
          for (;;) {
            const { done, value } = await reader.read()
            if (done) break
            clearTimeout(watch)
            watch = setTimeout(() => this.abort?.abort(), SILENCE_MILLIS)
            this.listener.beat()
            for (const event of parser.feed(decoder.decode(value, { stream: true }))) this.hear(event.event, event.id, event.data)
          }
        }
      } catch {
        // a broken line; the state says so and the loop tries again
      } finally {
        clearTimeout(watch)
      }
      if (this.closed) return
      this.listener.state('connecting')
      await this.sleep(this.pause)
      this.pause = Math.min(this.pause * 2, 30_000)
    }
  }

  hear(event: string, id: string, data: string): void {
    if (event === 'reset') {
      this.lastId = id
      this.listener.change({ kind: 'reset', object: '', revision: 0 })
      return
    }
    if (id) this.lastId = id
    if (!KINDS.has(event)) return
    try {
      const body = JSON.parse(data) as { object?: string; revision?: number }
      this.listener.change({ kind: event as Change['kind'], object: body.object ?? '', revision: body.revision ?? 0 })
    } catch {
      this.listener.change({ kind: 'reset', object: '', revision: 0 })
    }
  }

  close(): void {
    this.closed = true
    this.abort?.abort()
  }
}
