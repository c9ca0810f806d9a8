/** All times of the console are shown in the zone that the server names, whatever the browser's is. */
const formats = new Map<string, Intl.DateTimeFormat>()

function parts(millis: number, zone: string): Record<string, string> {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  return Object.fromEntries(format.formatToParts(millis).map(part => [part.type, part.value]))
}

/** `2026-11-23 18:20:05`; empty for 0. */
export function stamp(millis: number, zone: string): string {
  if (!millis) return ''
  const p = parts(millis, zone)
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second}`
}

/** `11-23 18:20`. */
export const short = (millis: number, zone: string): string => stamp(millis, zone).slice(5, 16)

/** `18:20:05.123`. */
export const clock = (millis: number, zone: string): string =>
  stamp(millis, zone).slice(11) + '.' + String(((millis % 1000) + 1000) % 1000).padStart(3, '0')

/** `2026-11-23`. */
export const day = (millis: number, zone: string): string => stamp(millis, zone).slice(0, 10)

export const utc = (millis: number): string => (millis ? new Date(millis).toISOString() : '')

/** Hours east of UTC at that moment: `+8`, `+5:30`. */
export function offset(zone: string, millis: number): string {
  const minutes = Math.round((wallMillis(millis, zone) - Math.floor(millis / 1000) * 1000) / 60_000)
  const sign = minutes < 0 ? '-' : '+'
  const size = Math.abs(minutes)
  return sign + Math.floor(size / 60) + (size % 60 ? ':' + String(size % 60).padStart(2, '0') : '')
}

function wallMillis(millis: number, zone: string): number {
  return Date.parse(stamp(millis, zone).replace(' ', 'T') + 'Z')
}

/** Value of an `<input type="datetime-local">`: wall time of the zone, without a zone. */
export const toWall = (millis: number, zone: string): string => (millis ? stamp(millis, zone).replace(' ', 'T').slice(0, 16) : '')

/** Reads wall time of the zone; NaN when it is not a time. In a gap or fold of a clock change, the later reading. */
export function fromWall(wall: string, zone: string): number {
  const as = /^\d{4,}-\d{2}-\d{2}$/.test(wall) ? wall + 'T00:00' : wall.replace(' ', 'T')
  const plain = Date.parse(as + 'Z')
  if (Number.isNaN(plain)) return NaN
  let guess = plain
  for (let i = 0; i < 3; i++) guess += plain - wallMillis(guess, zone)
  return guess
}
