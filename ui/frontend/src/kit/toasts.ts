import { reactive } from 'vue'

export interface Toast {
  id: number
  text: string
  tone: 'ok' | 'bad'
  undo?: () => void
}

export const toasts = reactive<Toast[]>([])
let next = 1

/** Says what happened for ten seconds; with a way back where there is one. */
export function say(text: string, tone: 'ok' | 'bad' = 'ok', undo?: () => void): void {
  const id = next++
  toasts.push({ id, text, tone, undo })
  if (toasts.length > 4) toasts.shift()
  setTimeout(() => drop(id), 10_000)
}

export function drop(id: number): void {
  const at = toasts.findIndex(toast => toast.id === id)
  if (at >= 0) toasts.splice(at, 1)
}
