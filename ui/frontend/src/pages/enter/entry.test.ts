import { describe, expect, it } from 'vitest'
import { safeNext } from './next'
import { hints } from './strength'

describe('after signing in', () => {
  it('goes only to a page of this console', () => {
    expect(safeNext('/incidents?view=all')).toBe('/incidents?view=all')
    for (const bad of ['//evil.example', '/\\evil.example', 'https:' + '//evil.example', 'javascript:alert(1)', '/\tx', '/a\\b', undefined, ['/a'], '/sign-in?next=/x', '/enter']) {
      expect(safeNext(bad)).toBeUndefined()
    }
  })
})

describe('password hints', () => {
  const failed = (password: string, name = 'zhangsan') => hints(password, name).filter(hint => !hint.ok).map(hint => hint.key)
  it('are content with a long phrase', () => expect(failed('梧桐 leaves over 7 rivers')).toEqual([]))
  it('name what is wrong', () => {
    expect(failed('short')).toEqual(['length', 'repeat'])
    expect(failed('ZhangSan-goes-home')).toEqual(['name'])
    expect(failed('xx123456789xyzK')).toEqual(['repeat'])
    expect(failed('Password-of-mine')).toEqual(['common'])
    expect(failed('')).toHaveLength(4)
  })
})
