import { computed, onScopeDispose, ref } from 'vue'
import { useSession } from '@/session/session'

const beat = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The server's time, moving each second while somebody looks. One timer for all. */
export function useNow() {
  const session = useSession()
  if (users++ === 0) timer = setInterval(() => (beat.value = Date.now()), 1_000)
  beat.value = Date.now()
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return computed(() => beat.value + session.offset)
}
