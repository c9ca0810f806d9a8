import { defineStore } from 'pinia'
import { BASE } from '@/api/http'
import { type Change, Feed, type FeedState } from './feed'

type Word = { change?: Change; state?: FeedState; beat?: number; ask?: true }

const listeners = new Set<(change: Change) => void>()

/**
 * The live line. One tab of a browser holds the lock and the connection, and tells the others over a BroadcastChannel; when
 * it closes the next tab takes over, and reads everything again because it cannot know what it missed.
 */
export const useLive = defineStore('live', {
  state: () => ({ state: 'connecting' as FeedState, lastBeat: Date.now(), running: false }),
  actions: {
    start() {
      if (this.running) return
      this.running = true
      const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('wanglou-live')
      const take = (word: Word): void => {
        if (word.change) for (const listener of listeners) listener(word.change)
        if (word.state) this.state = word.state
        if (word.beat) this.lastBeat = word.beat
      }
      let leader = false
      const tell = (word: Word): void => {
        take(word)
        channel?.postMessage(word)
      }
      channel?.addEventListener('message', event => {
        const word = event.data as Word
        if (word.ask) {
          if (leader) channel.postMessage({ state: this.state, beat: this.lastBeat } satisfies Word)
        } else {
          take(word)
        }
      })
      channel?.postMessage({ ask: true } satisfies Word)
      const lead = async (): Promise<void> => {
        leader = true
        take({ change: { kind: 'reset', object: '', revision: 0 } })
        const feed = new Feed(
          { change: change => tell({ change }), state: state => tell({ state, beat: state === 'live' ? Date.now() : undefined }), beat: () => tell({ beat: Date.now() }) },
          (lastId, signal) =>
            fetch(BASE + '/stream', {
              headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) },
              credentials: 'same-origin',
              cache: 'no-store',
              signal,
            }),
        )
        await feed.run()
        leader = false
        this.running = false
      }
      if (navigator.locks) void navigator.locks.request('wanglou-live', lead)
      else void lead()
    },
  },
})

/** Hears every change until the returned function is called. */
export function listen(listener: (change: Change) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
