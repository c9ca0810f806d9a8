import type { LocationQuery } from 'vue-router'

/** Query and range of the hunt page: either the last hours, or from–to in milliseconds. */
export interface Hunt {
  q: string
  last: number
  from: number
  to: number
}

export const LASTS = [1, 4, 24, 168, 720]
const one = (value: LocationQuery[string] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

export function readHunt(query: LocationQuery): Hunt {
  const from = Number(one(query.from))
  const to = Number(one(query.to))
  const absolute = Number.isFinite(from) && Number.isFinite(to) && from > 0 && to > from
  const last = Number(one(query.last))
  return {
    q: one(query.q).slice(0, 4_000),
    last: absolute ? 0 : Number.isInteger(last) && last > 0 && last <= 24 * 366 ? last : 24,
    from: absolute ? from : 0,
    to: absolute ? to : 0,
  }
}

export function writeHunt(hunt: Hunt): Record<string, string> {
  return {
    ...(hunt.q ? { q: hunt.q } : {}),
    ...(hunt.last ? (hunt.last === 24 ? {} : { last: String(hunt.last) }) : { from: String(hunt.from), to: String(hunt.to) }),
  }
}
