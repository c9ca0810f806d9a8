import { defineStore } from 'pinia'
import { get, onSignedOut, post, Problem, put, useCsrf } from '@/api/http'
import type { Me } from '@/api/types'

/** Who is signed in, what they may, and the distance between the server's clock and this one. */
export const useSession = defineStore('session', {
  state: () => ({ me: null as Me | null, loaded: false, offset: 0, ended: false }),
  getters: {
    zone: state => state.me?.zone ?? 'Asia/Shanghai',
    name: state => state.me?.account.name ?? '',
  },
  actions: {
    take(me: Me) {
      this.me = me
      this.loaded = true
      this.ended = false
      useCsrf(me.csrf)
      this.tick(me.serverTime)
    },
    tick(serverTime: number) {
      if (serverTime > 0) this.offset = serverTime - Date.now()
    },
    now(): number {
      return Date.now() + this.offset
    },
    may(permission: string): boolean {
      return this.me?.permissions.includes(permission) ?? false
    },
    async load() {
      onSignedOut(() => {
        if (this.me) this.ended = true
      })
      try {
        this.take(await get<Me>('/me'))
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.status !== 401) throw problem
        this.me = null
        this.loaded = true
      }
    },
    async signIn(name: string, password: string, totp: string) {
      this.take(await post<Me>('/sign-in', { name, password, ...(totp ? { totp } : {}) }))
    },
    async enter(token: string): Promise<boolean> {
      const me = await post<Me>('/enter', { token })
      this.take(me)
      return me.mustSetPassword ?? false
    },
    async setPassword(password: string) {
      await put('/me/password', { password })
      if (this.me) this.me.account.hasPassword = true
    },
    async signOut() {
      await post('/sign-out').catch(() => {})
      this.me = null
      useCsrf('')
    },
  },
})
