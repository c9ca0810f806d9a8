import type { LocationQuery } from 'vue-router'
import { CASE_STATES, type CaseState, GRADE_VALUES, type GradeValue } from '@/api/types'

/** What the queue shows. The URL is the state: everything here can be pasted into a chat. */
export const VIEWS = ['triage', 'unassigned', 'mine', 'due', 'reopened', 'all'] as const
export type View = (typeof VIEWS)[number]
export const SORTS = ['grade', 'due', 'newest'] as const
export type Sort = (typeof SORTS)[number]

export interface Filter {
  view: View
  q: string
  grades: GradeValue[]
  states: CaseState[]
  org: string
  assignee: string
  hours: number
  sort: Sort
}

const one = (value: LocationQuery[string] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''
const list = <T extends string>(text: string, known: readonly T[]): T[] => known.filter(word => text.split(',').includes(word))

export function readFilter(query: LocationQuery): Filter {
  const view = one(query.view) as View
  const sort = one(query.sort) as Sort
  const hours = Number(one(query.hours))
  const known = VIEWS.includes(view) ? view : 'triage'
  return {
    view: known,
    q: one(query.q).slice(0, 400),
    grades: list(one(query.grade), GRADE_VALUES),
    states: list(one(query.state), CASE_STATES),
    org: /^[\w.-]{0,64}$/.test(one(query.org)) ? one(query.org) : '',
    assignee: one(query.assignee).slice(0, 64),
    hours: Number.isInteger(hours) && hours > 0 && hours <= 24 * 366 ? hours : 0,
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
  put('grade', filter.grades.join(','))
  put('state', filter.states.join(','))
  put('org', filter.org)
  put('assignee', filter.assignee)
  put('hours', filter.hours ? String(filter.hours) : '')
  put('sort', filter.sort === (filter.view === 'due' ? 'due' : 'grade') ? '' : filter.sort)
  put('peek', one(rest.peek))
  return out
}

export const filtered = (filter: Filter): boolean =>
  !!(filter.q || filter.grades.length || filter.states.length || filter.org || filter.assignee || filter.hours)

/** Parameters of GET /cases. */
export function caseQuery(filter: Filter, me: string, now: number): Record<string, string> {
  const out: Record<string, string> = {}
  if (filter.view !== 'all' && filter.states.length === 0) out.open = 'true'
  if (filter.view === 'triage' && filter.states.length === 0) out.state = 'new'
  if (filter.view === 'unassigned') out.assignee = '-'
  if (filter.view === 'mine') out.assignee = me
  if (filter.view === 'due') out.due = 'soon'
  if (filter.view === 'reopened') out.reopened = 'true'
  if (filter.states.length) out.state = filter.states.join(',')
  if (filter.grades.length) out.grade = filter.grades.join(',')
  if (filter.q) out.q = filter.q
  if (filter.org) out.org = filter.org
  if (filter.assignee) out.assignee = filter.assignee
  if (filter.hours) out.from = String(now - filter.hours * 3_600_000)
  out.sort = filter.sort
  return out
}
