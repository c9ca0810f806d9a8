import { call, id, post, Problem } from '@/api/http'
import type { BulkResult, CaseRow, WholeCase } from '@/api/types'

export type Target = Pick<CaseRow, 'id' | 'revision' | 'state' | 'title' | 'assignee' | 'grades' | 'grade' | 'organization'>

/** Somebody else changed the case first; `current` is how it stands now. */
export class Clash extends Error {
  constructor(readonly current: WholeCase) {
    super('clash')
  }
}

/** One decision on one case, against the revision the operator saw. */
export async function act(target: Pick<Target, 'id' | 'revision'>, path: string, body: unknown): Promise<WholeCase> {
  try {
    return (await call<WholeCase>('POST', `/cases/${id(target.id)}/${path}`, { body, ifMatch: target.revision })).data
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 412) {
      const current = problem.body.current as WholeCase | undefined
      throw new Clash(current ?? (await call<WholeCase>('GET', `/cases/${id(target.id)}`)).data)
    }
    throw problem
  }
}

/** What the server takes at once. */
const AT_ONCE = 200

/** The same decision on an explicit set: exactly the ids and revisions that were on the screen, in portions. */
export async function bulk(targets: Target[], action: string, body: Record<string, unknown>): Promise<BulkResult> {
  const results: BulkResult['results'] = []
  for (let at = 0; at < targets.length; at += AT_ONCE) {
    const ids = targets.slice(at, at + AT_ONCE).map(({ id, revision }) => ({ id, revision }))
    results.push(...(await post<BulkResult>('/cases/bulk', { ...body, ids, action })).results)
  }
  return { results }
}

export function words(problem: unknown): string {
  if (problem instanceof Problem) return problem.body.errors?.map(error => error.message).join(' ') || problem.message
  return String((problem as Error).message ?? problem)
}
