import './app/trustedTypes'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import 'element-plus/theme-chalk/dark/css-vars.css'
import './styles/tokens.css'
import './styles/base.css'
import { Problem } from './api/http'
import AppRoot from './app/AppRoot.vue'
import { router, warm } from './app/router'
import { i18n, type Locale, setLocale } from './i18n'
import { usePrefs } from './session/prefs'
import { useSession } from './session/session'

// A page from before an upgrade asks for a chunk that is gone: read the new page, once.
window.addEventListener('vite:preloadError', event => {
  if (sessionStorage.getItem('wanglou-reloaded') === location.pathname) return
  sessionStorage.setItem('wanglou-reloaded', location.pathname)
  event.preventDefault()
  location.reload()
})

const app = createApp(AppRoot)
app.use(createPinia())
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (failures, problem) => failures < 1 && problem instanceof Problem && (problem.offline || problem.status >= 500),
    },
  },
})
app.use(VueQueryPlugin, { queryClient: queries })
app.use(i18n)

const prefs = usePrefs()
const session = useSession()
prefs.apply()
warm()

async function start(): Promise<void> {
  if (location.pathname !== '/enter') await session.load().catch(() => {})
  const wanted = (prefs.locale || session.me?.account.locale || 'zh-CN') as Locale
  await setLocale(wanted === 'en' ? 'en' : 'zh-CN')
  app.use(router)
  await router.isReady()
  app.mount('#app')
}
void start()
