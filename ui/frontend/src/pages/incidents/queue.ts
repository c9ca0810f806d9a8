import { onScopeDispose, reactive, type Ref, watch } from 'vue'
import { get, query } from '@/api/http'
import type { CasePage, CaseRow, Counts } from '@/api/types'
import { listen } from '@/live/live'
import { useSession } from '@/session/session'
import { caseQuery, cutHere, type Filter, inView } from './filter'
import { merge } from './merge'

const PAGE = 100
const MOST = 1_000

/** The queue's rows. They are read on entry and when somebody asks; the live line only changes rows where they stand. */
export function useQueue(filter: Ref<Filter>) {
  const session = useSession()
  const state = reactive({
    rows: [] as CaseRow[],
    total: 0,
    asOf: 0,
    counts: null as Counts | null,
    pending: true,
    more: false,
    error: null as unknown,
    waiting: 0,
    gone: new Set<string>(),
    changed: new Set<string>(),
  })
  let turn = 0
  let abort = new AbortController()

  async function page(offset: number, limit: number): Promise<CasePage> {
    const asked = filter.value
    const cut = cutHere(asked)
    if (cut && offset > 0) return { items: [], total: state.total, asOf: state.asOf, counts: state.counts as Counts }
    const parameters = { ...caseQuery(asked, session.now()), offset: String(offset), limit: String(cut ? MOST : limit) }
    const answer = await get<CasePage>('/cases' + query(parameters), abort.signal)
    session.tick(answer.asOf)
    if (!cut) return answer
    const items = answer.items.filter(row => inView(asked, row, answer.asOf))
    return { ...answer, items, total: items.length }
  }

  function take(answer: CasePage): void {
    state.total = answer.total
    state.asOf = answer.asOf
    state.counts = answer.counts
    state.error = null
  }

  /** Reads from the start and shows everything in order. */
  async function load(): Promise<void> {
    const mine = ++turn
    abort.abort()
    abort = new AbortController()
    state.pending = true
    try {
      const answer = await page(0, PAGE)
      if (mine !== turn) return
      take(answer)
      state.rows = answer.items
      state.waiting = 0
      state.gone = new Set()
      state.changed = new Set()
    } catch (problem) {
      if (mine === turn) state.error = problem
    } finally {
      if (mine === turn) state.pending = false
    }
  }

  async function end(): Promise<void> {
    if (state.more || state.pending || state.rows.length >= Math.min(state.total - state.waiting, 5_000)) return
    state.more = true
    const mine = turn
    try {
      const answer = await page(state.rows.length, PAGE)
      if (mine !== turn) return
      const known = new Set(state.rows.map(row => row.id))
      state.rows.push(...answer.items.filter(row => !known.has(row.id)))
    } catch (problem) {
      if (mine === turn) state.error = problem
    } finally {
      state.more = false
    }
  }

  /** Reads again and merges. */
  async function refresh(): Promise<void> {
    if (state.pending) return
    const mine = turn
    try {
      const wanted = Math.max(PAGE, state.rows.length + 50)
      const answer = await page(0, Math.min(wanted, MOST))
      if (mine !== turn) return
      take(answer)
      const kept = merge(state.rows, answer.items, answer.items.length >= answer.total)
      const fresh = new Set(kept.waiting)
      // Rows behind the loaded pages are not news; they come when somebody scrolls there.
      const lastKnown = answer.items.findLastIndex(row => !fresh.has(row.id))
      const loadedAll = state.rows.length - state.gone.size >= answer.total - fresh.size
      state.waiting = loadedAll ? fresh.size : answer.items.slice(0, lastKnown + 1).filter(row => fresh.has(row.id)).length
      state.rows = kept.rows
      state.gone = kept.gone
      state.changed = kept.changed
    } catch (problem) {
      if (mine === turn && !abort.signal.aborted) state.error = problem
    }
  }

  /** Lays one case's new revision over its row at once. */
  function patch(row: CaseRow): void {
    const at = state.rows.findIndex(other => other.id === row.id)
    if (at >= 0) state.rows[at] = row
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  const soon = (): void => {
    if (timer) {
      again = true
      return
    }
    timer = setTimeout(() => {
      void refresh().finally(() => {
        timer = undefined
        if (again) {
          again = false
          soon()
        }
      })
    }, 1_200)
  }
  const stop = listen(change => {
    if (change.kind !== 'health' && change.kind !== 'ledger') soon()
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    abort.abort()
  })
  watch(() => JSON.stringify(filter.value), () => void load(), { immediate: true })

  return { state, load, end, refresh, patch, soon }
}
