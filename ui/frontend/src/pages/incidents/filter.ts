import type { LocationQuery } from 'vue-router'
import { CASE_STATES, type CaseRow, type CaseState, GRADE_VALUES, type GradeValue } from '@/api/types'

/** What the queue shows. The URL is the state: everything here can be pasted into a chat. */
export const VIEWS = ['triage', 'unassigned', 'mine', 'due', 'reopened', 'all'] as const
export type View = (typeof VIEWS)[number]
export const SORTS = ['grade', 'due', 'newest'] as const
export type Sort = (typeof SORTS)[number]

export interface Filter {
  view: View
  q: string
  /** That grade or a graver one. */
  grade: GradeValue | ''
  states: CaseState[]
  org: string
  assignee: string
  hours: number
  /** Opened from, to; milliseconds, 0 for open ends. */
  from: number
  to: number
  sort: Sort
}

const one = (value: LocationQuery[string] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''
const list = <T extends string>(text: string, known: readonly T[]): T[] => known.filter(word => text.split(',').includes(word))

export function readFilter(query: LocationQuery): Filter {
  const view = one(query.view) as View
  const sort = one(query.sort) as Sort
  const hours = Number(one(query.hours))
  const millis = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : 0)
  const known = VIEWS.includes(view) ? view : 'triage'
  return {
    view: known,
    q: one(query.q).slice(0, 400),
    grade: list(one(query.grade), GRADE_VALUES)[0] ?? '',
    states: list(one(query.state), CASE_STATES),
    org: /^[\w.-]{0,64}$/.test(one(query.org)) ? one(query.org) : '',
    assignee: one(query.assignee).slice(0, 64),
    hours: Number.isInteger(hours) && hours > 0 && hours <= 24 * 366 ? hours : 0,
    from: millis(one(query.from)),
    to: millis(one(query.to)),
    sort: SORTS.includes(sort) ? sort : known === 'due' ? 'due' : 'grade',
  }
}

/** The other way; what is default is left out, so that equal filters have equal URLs. */
export function writeFilter(filter: Filter, rest: LocationQuery = {}): Record<string, string> {
  const out: Record<string, string> = {}
  const put = (key: string, value: string): void => {
    if (value) out[key] = value
  }
  put('view', filter.view === 'triage' ? '' : filter.view)
  put('q', filter.q)
  put('grade', filter.grade)
  put('state', filter.states.join(','))
  put('org', filter.org)
  put('assignee', filter.assignee)
  put('hours', filter.hours ? String(filter.hours) : '')
  put('from', filter.from ? String(filter.from) : '')
  put('to', filter.to ? String(filter.to) : '')
  put('sort', filter.sort === (filter.view === 'due' ? 'due' : 'grade') ? '' : filter.sort)
  put('peek', one(rest.peek))
  return out
}

export const filtered = (filter: Filter): boolean =>
  !!(filter.q || filter.grade || filter.states.length || filter.org || filter.assignee || filter.hours || filter.from || filter.to)

/** A clock that is due within so long is due soon; the server counts by the same. */
const SOON_MILLIS = 2 * 3_600_000

/** What the server's parameters cannot say is cut here: near deadlines (sorted by due they come first) and reopened cases. */
export function inView(filter: Filter, row: Pick<CaseRow, 'deadline' | 'reopened'>, now: number): boolean {
  if (filter.view === 'due') return !!row.deadline && row.deadline.dueAt < now + SOON_MILLIS
  return filter.view !== 'reopened' || row.reopened
}
export const cutHere = (filter: Filter): boolean => filter.view === 'due' || filter.view === 'reopened'

/** Parameters of GET /cases. */
export function caseQuery(filter: Filter, now: number): Record<string, string> {
  const out: Record<string, string> = {}
  if (filter.view !== 'all' && filter.states.length === 0) out.open = 'true'
  if (filter.view === 'triage' && filter.states.length === 0) out.state = 'new'
  if (filter.view === 'unassigned') out.assignee = 'none'
  if (filter.view === 'mine') out.assignee = 'me'
  if (filter.states.length) out.state = filter.states.join(',')
  if (filter.grade) out.grade = filter.grade
  if (filter.q) out.q = filter.q
  if (filter.org) out.org = filter.org
  if (filter.assignee) out.assignee = filter.assignee
  if (filter.hours) out.from = String(now - filter.hours * 3_600_000)
  if (filter.from) out.from = String(filter.from)
  if (filter.to) out.to = String(filter.to)
  out.sort = filter.sort
  return out
}
