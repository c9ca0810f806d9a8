import { describe, expect, it } from 'vitest'
import { segments, visible } from './visible'

describe('visible', () => {
  it('leaves ordinary text in both languages alone', () => {
    expect(visible('济南 login failed for root from 10.1.2.3 — ünïcode 👍')).toBe('济南 login failed for root from 10.1.2.3 — ünïcode 👍')
  })
  it('shows an overriding direction mark instead of obeying it', () => {
    expect(visible('invoice\u202egpj.exe')).toBe('invoice\\u{202E}gpj.exe')
  })
  it.each([0x00, 0x07, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x61c, 0x200b, 0x200d, 0x200e, 0x2028, 0x2029, 0x2066, 0x2069, 0xfeff, 0xe0041])(
    'shows U+%s',
    code => {
      const shown = visible('a' + String.fromCodePoint(code) + 'b')
      expect(shown).toBe('a\\u{' + code.toString(16).toUpperCase() + '}b')
    },
  )
  it('shows a lone surrogate', () => {
    expect(visible('x\ud800y')).toBe('x\\u{D800}y')
  })
  it('keeps markup as the characters it is made of', () => {
    expect(visible('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>')
  })
  it('keeps line breaks where lines are asked for, and nothing else', () => {
    expect(segments('a\nb\tc\r', true).map(s => s.text)).toEqual(['a\nb\tc', '\\u{D}'])
  })
  it('never loses a character', () => {
    const codes = Array.from({ length: 0x3000 }, (_, i) => i).filter(i => i < 0xd800)
    const text = String.fromCodePoint(...codes)
    const back = visible(text).replace(/\\u\{([0-9A-F]+)\}/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
    expect(back).toBe(text)
  })
})
