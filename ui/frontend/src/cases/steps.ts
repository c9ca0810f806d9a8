import type { CaseState } from '@/api/types'

/** Steps between states, for offering; the server is the judge. */
export const NEXT: Record<CaseState, CaseState[]> = {
  new: ['confirmed', 'false-positive', 'duplicate', 'not-ours'],
  confirmed: ['handling', 'rectifying', 'reviewing', 'closed', 'false-positive'],
  'false-positive': ['new', 'archived'],
  duplicate: ['new', 'archived'],
  'not-ours': ['new', 'archived'],
  handling: ['rectifying', 'reviewing', 'closed', 'false-positive'],
  rectifying: ['reviewing', 'handling', 'closed'],
  reviewing: ['closed', 'rectifying'],
  closed: ['archived', 'new'],
  archived: [],
}

export const CONCLUSIONS: CaseState[] = ['closed', 'false-positive', 'duplicate', 'not-ours']

/** States that all of these cases may step to. */
export function shared(states: CaseState[]): CaseState[] {
  const [first, ...rest] = states
  return first ? NEXT[first].filter(next => rest.every(state => NEXT[state].includes(next))) : []
}
