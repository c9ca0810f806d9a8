/**
 * Makes characters visible that hide, reorder or break text: a log line is written by the attacker.
 * Control characters (C0, C1), bidirectional controls, zero-width characters, line separators, tag characters,
 * variation selectors above the emoji range and lone surrogates become `\u{..}`.
 */
export interface Segment {
  text: string
  escaped: boolean
}

const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}\ud800-\udfff]/u

const name = (character: string): string => '\\u{' + (character.codePointAt(0) ?? 0).toString(16).toUpperCase() + '}'

/** Text cut into plain stretches and escaped single characters. Line breaks stay plain when `lines` is set. */
export function segments(text: string, lines = false): Segment[] {
  const found: Segment[] = []
  let plain = ''
  for (const character of text) {
    if (HIDDEN.test(character) && !(lines && (character === '\n' || character === '\t'))) {
      if (plain) found.push({ text: plain, escaped: false })
      plain = ''
      found.push({ text: name(character), escaped: true })
    } else {
      plain += character
    }
  }
  if (plain) found.push({ text: plain, escaped: false })
  return found
}

/** The same as one string, for attributes and titles. */
export const visible = (text: string): string => segments(text).map(segment => segment.text).join('')
