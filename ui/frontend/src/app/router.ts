import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { useSession } from '@/session/session'

declare module 'vue-router' {
  interface RouteMeta {
    title: string
    /** Permission that opens the page; none means signed in is enough. */
    needs?: string
    open?: boolean
    rail?: boolean
    icon?: string
    /** Content keeps its own scrolling. */
    fill?: boolean
  }
}

const queue = () => import('@/pages/incidents/QueuePage.vue')

const routes: RouteRecordRaw[] = [
  { path: '/enter', name: 'enter', component: () => import('@/pages/enter/EnterPage.vue'), meta: { title: 'page.enter', open: true } },
  { path: '/sign-in', name: 'sign-in', component: () => import('@/pages/enter/SignInPage.vue'), meta: { title: 'page.signIn', open: true } },
  { path: '/incidents', name: 'incidents', component: queue, meta: { title: 'page.incidents', needs: 'cases.read', rail: true, icon: 'Bell', fill: true } },
  { path: '/incidents/:id/:tab(why|evidence|response|proof)?', name: 'incident', component: () => import('@/pages/incident/IncidentPage.vue'), meta: { title: 'page.incident', needs: 'cases.read' } },
  { path: '/hunt', name: 'hunt', component: () => import('@/pages/hunt/HuntPage.vue'), meta: { title: 'page.hunt', needs: 'events.read', rail: true, icon: 'Search', fill: true } },
  { path: '/assets', name: 'assets', component: () => import('@/pages/assets/AssetsPage.vue'), meta: { title: 'page.assets', needs: 'registry.read', rail: true, icon: 'OfficeBuilding', fill: true } },
  { path: '/reports/:id?', name: 'reports', component: () => import('@/pages/reports/ReportsPage.vue'), meta: { title: 'page.reports', needs: 'reports.read', rail: true, icon: 'Document' } },
  { path: '/ledger', name: 'ledger', component: () => import('@/pages/ledger/LedgerPage.vue'), meta: { title: 'page.ledger', needs: 'ledger.check', rail: true, icon: 'Lock' } },
  { path: '/audit', name: 'audit', component: () => import('@/pages/ledger/AuditPage.vue'), meta: { title: 'page.audit', needs: 'audit.read', rail: true, icon: 'Tickets', fill: true } },
  { path: '/accounts', name: 'accounts', component: () => import('@/pages/accounts/AccountsPage.vue'), meta: { title: 'page.accounts', needs: 'accounts.manage', rail: true, icon: 'User' } },
  { path: '/health', name: 'health', component: () => import('@/pages/health/HealthPage.vue'), meta: { title: 'page.health', needs: 'health.read', rail: true, icon: 'Odometer' } },
  { path: '/me', name: 'me', component: () => import('@/pages/enter/MyAccountPage.vue'), meta: { title: 'page.me' } },
  { path: '/', name: 'home', redirect: () => home() },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('@/pages/MissingPage.vue'), meta: { title: 'page.missing' } },
]

export const railRoutes = routes.filter(route => route.meta?.rail)

/** The first page of the rail that the account may open. */
export function home(): string {
  const session = useSession()
  const first = railRoutes.find(route => session.may(route.meta?.needs ?? ''))
  return first ? first.path.replace('/:id?', '') : '/me'
}

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
})

router.beforeEach(async to => {
  const session = useSession()
  if (to.name === 'enter') return true
  if (!session.loaded) await session.load()
  if (to.meta.open) return session.me && to.name === 'sign-in' ? home() : true
  if (!session.me) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  return true
})

/** Fetches the queue's chunk while the session is being read. */
export function warm(): void {
  if (location.pathname === '/' || location.pathname === '/incidents' || location.pathname === '/enter') void queue()
}
