/** Numbers for people: grouped up to a million, then in the unit of the language. */
export function count(value: number, locale: string): string {
  const big = Math.abs(value) >= 1_000_000
  return new Intl.NumberFormat(locale, big ? { notation: 'compact', maximumFractionDigits: 2 } : {}).format(value)
}

export const exact = (value: number, locale: string): string => new Intl.NumberFormat(locale).format(value)

export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(unit === 0 || value >= 100 ? 0 : 1)} ${units[unit]}`
}

export const shorten = (hash: string, length = 12): string => (hash.length > length ? hash.slice(0, length) + '…' : hash)
