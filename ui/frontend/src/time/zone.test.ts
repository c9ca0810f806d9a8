import { describe, expect, it } from 'vitest'
import { clock, fromWall, offset, short, stamp, toWall } from './zone'

const at = Date.UTC(2026, 10, 23, 10, 20, 5, 123)

describe('zone', () => {
  it('shows the server zone whatever the browser zone is', () => {
    expect(stamp(at, 'Asia/Shanghai')).toBe('2026-11-23 18:20:05')
    expect(stamp(at, 'UTC')).toBe('2026-11-23 10:20:05')
    expect(short(at, 'Asia/Shanghai')).toBe('11-23 18:20')
    expect(clock(at, 'Asia/Shanghai')).toBe('18:20:05.123')
  })
  it('writes midnight as 00, not 24', () => {
    expect(stamp(Date.UTC(2026, 10, 22, 16, 0, 0), 'Asia/Shanghai')).toBe('2026-11-23 00:00:00')
  })
  it('is empty where there is no time', () => expect(stamp(0, 'UTC')).toBe(''))
  it('reads back what it wrote', () => {
    for (const zone of ['Asia/Shanghai', 'Asia/Kolkata', 'America/New_York', 'UTC']) {
      const minute = Math.floor(at / 60_000) * 60_000
      expect(fromWall(toWall(minute, zone), zone)).toBe(minute)
    }
  })
  it('reads a day as its first moment', () => {
    expect(fromWall('2026-11-23', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 22, 16))
  })
  it('says that nonsense is not a time', () => expect(fromWall('yesterday', 'UTC')).toBeNaN())
  it('names the offset', () => {
    expect(offset('Asia/Shanghai', at)).toBe('+8')
    expect(offset('Asia/Kolkata', at)).toBe('+5:30')
    expect(offset('America/New_York', at)).toBe('-5')
  })
})
