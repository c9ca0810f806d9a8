import { onScopeDispose, reactive, ref } from 'vue'
import { usePrefs } from '@/session/prefs'

/** One key or a sequence such as `g i`, what it does (text key), and the doing. */
export interface Binding {
  keys: string
  label: string
  run: (event: KeyboardEvent) => void
  /** Works while single-key shortcuts are off. */
  always?: boolean
}

interface Layer {
  title: string
  bindings: Binding[]
}

export const layers = reactive<Layer[]>([])
/** How many dialogs are open; single keys sleep while one is. */
export const dialogs = ref(0)

/** Whether a key press belongs to the element it fell on. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('[role="dialog"],[role="menu"],[role="listbox"]')) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Name of a press as bindings write it: `j`, `J`, `Enter`, `Space`, `?`, `Mod+k`. */
export function pressName(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key
  if (event.ctrlKey || event.metaKey) return 'Mod+' + key.toLowerCase()
  return event.altKey ? 'Alt+' + key : key
}

/** Finds what a press means, given the key waiting before it. */
export function match(bindings: Binding[], waiting: string, press: string): { run?: Binding; waits: boolean } {
  const sequence = waiting ? waiting + ' ' + press : press
  const exact = bindings.find(binding => binding.keys === sequence) ?? (waiting ? bindings.find(binding => binding.keys === press) : undefined)
  if (exact) return { run: exact, waits: false }
  return { waits: bindings.some(binding => binding.keys.startsWith(sequence + ' ')) }
}

let waiting = ''
let waitingSince = 0

export function handle(event: KeyboardEvent, singleKeys: boolean): void {
  if (event.defaultPrevented || event.isComposing || event.key === 'Shift' || event.key === 'Control' || event.key === 'Meta') return
  const press = pressName(event)
  const modified = press.startsWith('Mod+')
  if (!modified && (typing(event.target) || dialogs.value > 0)) return
  // The inner layer wins: a page may use a key that the shell uses too.
  const bindings = [...layers].reverse().flatMap(layer => layer.bindings).filter(binding => singleKeys || binding.always)
  if (event.timeStamp - waitingSince > 900) waiting = ''
  const found = match(bindings, waiting, press)
  waiting = ''
  if (found.run) {
    const focused = event.target instanceof HTMLElement ? event.target : null
    if ((press === 'Enter' || press === 'Space') && focused?.closest('button,a,summary,label')) return
    event.preventDefault()
    found.run.run(event)
  } else if (found.waits) {
    waiting = press
    waitingSince = event.timeStamp
  }
}

export function useKeys(title: string, bindings: Binding[]): void {
  const layer: Layer = { title, bindings }
  layers.push(layer)
  onScopeDispose(() => {
    const at = layers.findIndex(other => other.bindings === layer.bindings)
    if (at >= 0) layers.splice(at, 1)
  })
}

export function startKeys(): void {
  const prefs = usePrefs()
  document.addEventListener('keydown', event => handle(event, prefs.keys))
}
