import { defineStore } from 'pinia'

/** Kept in this browser only: how it looks, never what was seen. */
interface Prefs {
  theme: 'light' | 'dark'
  density: 'compact' | 'normal' | 'roomy'
  keys: boolean
  locale: string
}

const KEY = 'wanglou-prefs'

function stored(): Partial<Prefs> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Prefs>
  } catch {
    return {}
  }
}

export const ROW_HEIGHT = { compact: 28, normal: 32, roomy: 40 }

export const usePrefs = defineStore('prefs', {
  state: (): Prefs => ({ theme: 'light', density: 'normal', keys: true, locale: '', ...stored() }),
  getters: { rowHeight: state => ROW_HEIGHT[state.density] },
  actions: {
    set(change: Partial<Prefs>) {
      this.$patch(change)
      this.apply()
      try {
        localStorage.setItem(KEY, JSON.stringify({ ...this.$state }))
      } catch {
        // a browser without storage forgets; nothing else is lost
      }
    },
    apply() {
      document.documentElement.classList.toggle('dark', this.theme === 'dark')
    },
  },
})
