import { createPinia } from 'pinia'
import { createApp, h, nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { describe, expect, it } from 'vitest'
import { i18n } from '@/i18n'
import { useSession } from '@/session/session'
import type { Indicator, ReportBody } from './document'
import ReportDocument from './ReportDocument.vue'

const figure = (part: Partial<Indicator>): Indicator => ({
  id: 'x', name: { zh: '指标', en: 'Figure' }, value: 3, unit: { zh: '起', en: 'cases' }, numerator: null, denominator: null, formula: 'f', applicability: 'applicable', recordCount: 0, records: [], rest: { object: '', condition: '', path: '' }, ...part,
})
const body = (indicators: Indicator[]): ReportBody => ({
  format: 'wanglou-report/1', id: 'r', kind: 'period', title: { zh: '报告<b>', en: 'Report' }, unit: { id: 'u', name: '单位', kind: 'city', units: 1 },
  period: { from: '', to: '', zone: 'Asia/Shanghai', shownFrom: '2026-11-01', shownTo: '2026-11-08', ended: false },
  made: { at: '', shownAt: '', by: '', node: '', software: '', cryptoModule: '', algorithm: '', kid: '' }, basis: { rules: ['abc'] },
  completeness: { archived: 5, applicability: 'applicable', intervals: 1, emptyIntervals: 0, gapCount: 0, gaps: [], sources: [], statement: { zh: '', en: '' } },
  ledger: { origin: '', size: 1, root: '', checkpoint: '' }, sections: [{ id: 's', title: { zh: '节', en: '' }, indicators }], toCheck: ['deadline#x'], notices: ['注意'],
})

async function shown(document: unknown): Promise<HTMLElement> {
  const root = window.document.createElement('div')
  const pinia = createPinia()
  const page = { render: () => null }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }, { path: '/incidents', name: 'incidents', component: page }, { path: '/incidents/:id', name: 'incident', component: page }] })
  const app = createApp({ render: () => h(ReportDocument, { document }) }).use(pinia).use(router).use(i18n)
  useSession(pinia).me = { permissions: ['cases.read'], zone: 'Asia/Shanghai' } as never
  app.mount(root)
  await nextTick()
  return root
}

describe('a report on the screen', () => {
  it('shows a figure with its unit, its records and the way to the list', async () => {
    const root = await shown(body([figure({ recordCount: 2, records: [{ objectType: 'case', objectId: 'WL-20261125-0001', revision: 2, ledgerIndex: 7, leafHash: 'ab' }], rest: { object: '', condition: '', path: '/api/v1/cases?state=closed' } })]))
    expect(root.textContent).toContain('3')
    const links = [...root.querySelectorAll('a')].map(link => link.getAttribute('href'))
    expect(links).toEqual(['/incidents/WL-20261125-0001', '/incidents?view=all&state=closed'])
    expect(root.textContent).toContain('#7')
  })
  it('never shows missing data as zero', async () => {
    const root = await shown(body([figure({ value: null, applicability: 'no-data' })]))
    expect(root.querySelector('td.num')?.textContent).toContain('无数据')
    expect(root.querySelector('td.num')?.textContent).not.toContain('0')
  })
  it('shows markup as text, and a foreign document as it is', async () => {
    expect((await shown(body([]))).querySelector('b')).toBeNull()
    expect((await shown({ format: 'other', x: '<i>' })).textContent).toContain('"<i>"')
  })
})
