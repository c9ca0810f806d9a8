import { describe, expect, it } from 'vitest'
import { age, left, span } from './countdown'

const hour = 3_600_000

describe('countdown', () => {
  it('counts hours and minutes', () => {
    expect(span(18 * 60_000)).toBe('0:18')
    expect(span(3 * hour + 10 * 60_000 + 59_999)).toBe('3:10')
    expect(span(47 * hour)).toBe('47:00')
    expect(span(27 * 24 * hour + 4 * hour + 5 * 60_000)).toBe('27d 4:05')
  })
  it('turns amber below a quarter and red below a tenth of the time given', () => {
    expect(left(4 * hour, 0, -1).tone).toBe('calm')
    expect(left(hour * 40, hour * 30.5, 1).tone).toBe('amber')
    expect(left(hour * 40, hour * 36.5, 1).tone).toBe('red')
  })
  it('keeps counting after the end, with a minus', () => {
    expect(left(0, 12 * 60_000)).toEqual({ text: '-0:12', tone: 'over', overdue: true })
  })
  it('is not over at the very moment', () => expect(left(5, 5).overdue).toBe(false))
  it('writes ages in one unit', () => {
    expect([12_000, 300_000, 3 * hour, 50 * hour].map(age)).toEqual(['12s', '5m', '3h', '2d'])
    expect(age(-5)).toBe('0s')
  })
})
