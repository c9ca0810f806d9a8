/** How long is left, and how urgent that is: calm, amber below a quarter of the time, red below a tenth, over after it. */
export type Tone = 'calm' | 'amber' | 'red' | 'over'

export interface Left {
  text: string
  tone: Tone
  overdue: boolean
}

const two = (n: number): string => String(n).padStart(2, '0')

/** `0:18`, `3:10`, `27d 4:05`: hours and minutes, days in front above two days. */
export function span(millis: number): string {
  const minutes = Math.floor(Math.abs(millis) / 60_000)
  const days = Math.floor(minutes / 1440)
  if (days >= 2) return `${days}d ${Math.floor((minutes % 1440) / 60)}:${two(minutes % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`
}

/** `startedAt` 0 means unknown; then four hours are taken as the whole. */
export function left(dueAt: number, now: number, startedAt = 0): Left {
  const rest = dueAt - now
  const whole = startedAt && startedAt < dueAt ? dueAt - startedAt : 4 * 3_600_000
  if (rest < 0) return { text: '-' + span(rest), tone: 'over', overdue: true }
  const tone: Tone = rest < whole * 0.1 ? 'red' : rest < whole * 0.25 ? 'amber' : 'calm'
  return { text: span(rest), tone, overdue: false }
}

/** Age in the largest unit that fits: `12s`, `5m`, `3h`, `2d`. */
export function age(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000))
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`
  return `${Math.floor(seconds / 86_400)}d`
}
