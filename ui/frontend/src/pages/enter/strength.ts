/** Hints on a new password. The server decides; these say before typing is done what it will refuse. */
export interface Hint {
  key: 'length' | 'name' | 'repeat' | 'common'
  ok: boolean
}

const COMMON = /^(password|admin|qwerty|wanglou|123456|111111|abc123|iloveyou|letmein|welcome)/i
const RUNS = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']

const run = (text: string): boolean => {
  const lower = text.toLowerCase()
  for (let at = 0; at + 6 <= lower.length; at++) {
    const piece = lower.slice(at, at + 6)
    const back = [...piece].reverse().join('')
    if (RUNS.some(line => line.includes(piece) || line.includes(back))) return true
  }
  return /(.)\1{3}/.test(text)
}

export const MIN_LENGTH = 12

export function hints(password: string, name: string): Hint[] {
  const lower = password.toLowerCase()
  return [
    { key: 'length', ok: [...password].length >= MIN_LENGTH },
    { key: 'name', ok: password !== '' && (name.length < 3 || !lower.includes(name.toLowerCase())) },
    { key: 'repeat', ok: password !== '' && !run(password) && new Set(password).size >= 6 },
    { key: 'common', ok: password !== '' && !COMMON.test(password) },
  ]
}
