import { beforeEach, describe, expect, it } from 'vitest'
import { type Binding, dialogs, handle, layers, match, typing } from './keys'

const pressed: string[] = []
const binding = (keys: string, always = false): Binding => ({ keys, label: '', always, run: () => pressed.push(keys) })

function press(key: string, target: HTMLElement = document.body, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  Object.defineProperty(event, 'target', { value: target })
  handle(event, true)
  return event
}

beforeEach(() => {
  pressed.length = 0
  layers.length = 0
  dialogs.value = 0
})

describe('keys', () => {
  it('runs a single key and a sequence', () => {
    layers.push({ title: '', bindings: [binding('j'), binding('g i')] })
    press('j')
    press('g')
    press('i')
    expect(pressed).toEqual(['j', 'g i'])
  })
  it('lets the page take a key from the shell', () => {
    layers.push({ title: 'shell', bindings: [binding('g i')] }, { title: 'page', bindings: [binding('g')] })
    press('g')
    expect(pressed).toEqual(['g'])
  })
  it('stays silent while somebody types or a dialog is open', () => {
    layers.push({ title: '', bindings: [binding('x')] })
    press('x', document.createElement('textarea'))
    dialogs.value = 1
    press('x')
    expect(pressed).toEqual([])
  })
  it('works with a modifier even while typing', () => {
    layers.push({ title: '', bindings: [binding('Mod+k', true)] })
    press('k', document.createElement('input'), { ctrlKey: true })
    expect(pressed).toEqual(['Mod+k'])
  })
  it('leaves single keys alone when they are switched off', () => {
    layers.push({ title: '', bindings: [binding('x'), binding('?', true)] })
    const event = new KeyboardEvent('keydown', { key: 'x' })
    handle(event, false)
    expect(pressed).toEqual([])
  })
  it('leaves Enter to a focused button', () => {
    layers.push({ title: '', bindings: [binding('Enter')] })
    const button = document.createElement('button')
    expect(press('Enter', button).defaultPrevented).toBe(false)
    expect(pressed).toEqual([])
  })
  it('waits only for sequences that exist', () => {
    expect(match([binding('g i')], '', 'g')).toEqual({ waits: true })
    expect(match([binding('g i')], '', 'h')).toEqual({ waits: false })
  })
  it('knows where typing happens', () => {
    const box = document.createElement('input')
    box.type = 'checkbox'
    expect(typing(box)).toBe(false)
    expect(typing(document.createElement('select'))).toBe(true)
  })
})
