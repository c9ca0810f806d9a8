// node run.mjs --url http://127.0.0.1:8787 --links <file | role=link> [...] [--only tour|pages] [--live-seconds 90]
//   [--combos zh-CN.light,en.dark] [--names queue,hunt]: for whoever mends one page; a whole run leaves them out
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { axe, chinese, context, launch, Offences, settled, sideways } from './browser.mjs'
import { links, ROLES } from './links.mjs'
import * as tour from './tour.mjs'

const options = { links: [], only: '', liveSeconds: 90, url: '', combos: '', names: '' }
for (let i = 2; i < process.argv.length; i++) {
  const name = process.argv[i]
  if (name === '--url') options.url = process.argv[++i].replace(/\/+$/, '')
  else if (name === '--links') while (process.argv[i + 1] && !process.argv[i + 1].startsWith('--')) options.links.push(process.argv[++i])
  else if (name === '--only') options.only = process.argv[++i]
  else if (name === '--live-seconds') options.liveSeconds = Number(process.argv[++i])
  else if (name === '--combos' || name === '--names') options[name.slice(2)] = process.argv[++i]
  else throw new Error('unknown option ' + name)
}
const byRole = links(options.links)
const missing = ROLES.slice(0, 3).filter(role => !byRole[role])
if (!options.url || missing.length) {
  console.error('usage: npm run e2e -- --url <console> --links <file or role=link…>   no link for: ' + missing.join(', '))
  process.exit(2)
}
const { url } = options
const SCREENS = new URL('./target/screens/', import.meta.url).pathname
mkdirSync(SCREENS, { recursive: true })

const offences = new Offences()
const browser = await launch()
const results = []
async function step(name, work) {
  const started = Date.now()
  try {
    const said = await work()
    results.push({ name, ok: true, millis: Date.now() - started })
    console.log(`ok      ${String(Date.now() - started).padStart(6)} ms  ${name}${said ? '  ' + said : ''}`)
  } catch (error) {
    results.push({ name, ok: false, millis: Date.now() - started })
    console.log(`FAILED  ${String(Date.now() - started).padStart(6)} ms  ${name}\n        ${String(error.message).split('\n').slice(0, 12).join('\n        ')}`)
    for (const open of browser.contexts().flatMap(one => one.pages())) await open.screenshot({ path: `${SCREENS}failed-${results.length}.png` }).catch(() => {})
  }
}

const states = {}
async function enter(role) {
  const made = await context(browser, { url, offences })
  const page = await made.newPage()
  await page.goto(byRole[role].replace(new URL(byRole[role]).origin, url))
  await page.waitForFunction(() => !location.pathname.startsWith('/enter'), undefined, { timeout: 30_000 })
  assert.equal(new URL(page.url()).hash, '', 'the token is gone from the address bar')
  await settled(page)
  const history = await page.evaluate(() => history.length)
  states[role] = await made.storageState()
  // A used link opens nothing more.
  const again = await context(browser, { url, offences })
  const second = await again.newPage()
  await second.goto(byRole[role].replace(new URL(byRole[role]).origin, url))
  await second.locator('[role="alert"]').waitFor()
  await again.close()
  await made.close()
  return `history ${history}`
}

for (const role of ROLES.filter(role => byRole[role])) await step(`enter by one-time link as ${role}`, () => enter(role))

if (!states.operator) process.exit(1)

let caseId = ''
if (options.only !== 'pages' && states.operator) {
  const made = await context(browser, { url, offences, state: states.operator })
  const page = await made.newPage()
  await step('the gravest incident opens from the queue', async () => (caseId = await tour.openGravest(page, url)))
  await step('why: fact, basis, clause, effect, checked', () => tour.why(page))
  await step('raw lines behind the signals', () => tour.rawLines(page))
  await step('the proof badge is verified', () => tour.proofVerified(page))
  await step('confirm with impact and preview', () => tour.confirmByMouse(page))
  await step('messages are listed', () => tour.messages(page))
  await step('hostile text stays text', () => tour.hostileText(page))
  await step('confirm again with the keyboard alone', () => tour.confirmByKeyboard(page, url))
  await step('a clash loses no typed text', async () => {
    const other = await context(browser, { url, offences, state: states.operator })
    await tour.clash(page, await other.newPage(), url, caseId)
    await other.close()
  })
  await step('a report is made and downloaded', () => tour.report(page, url))
  await step('a new incident waits in a pill', () => tour.liveRow(page, url, options.liveSeconds))
  await made.close()
}

async function anyCase() {
  if (caseId) return caseId
  const made = await context(browser, { url, offences, state: states.operator })
  const page = await made.newPage()
  await page.goto(url + '/incidents?view=all')
  await settled(page)
  caseId = await page.locator('.grid-row').first().getAttribute('data-id')
  await made.close()
  return caseId
}

/** name, role, path, and what to do before looking. */
async function looks() {
  const id = await anyCase()
  const key = name => async page => {
    await page.keyboard.press(name)
    await page.locator('[role="dialog"]').first().waitFor()
    await page.waitForTimeout(400)
  }
  return [
    ['sign-in', '', '/sign-in'],
    ['enter', '', '/enter'],
    ['queue', 'operator', '/incidents'],
    ['queue-all', 'operator', '/incidents?view=all'],
    ['queue-selected', 'operator', '/incidents?view=all', async page => { for (const k of ['x', 'j', 'x', 'j', 'x']) await page.keyboard.press(k) }],
    ['queue-peek', 'operator', `/incidents?view=all&peek=${id}`],
    ['queue-no-match', 'operator', '/incidents?view=all&q=zzqqxx'],
    ['queue-assign', 'operator', '/incidents?view=all', key('a')],
    ['queue-conclude', 'operator', '/incidents', key('c')],
    ['queue-note', 'operator', '/incidents?view=all', key('t')],
    ['queue-confirm', 'operator', '/incidents', async page => { await key('g')(page); await page.locator('#persons').waitFor() }],
    ['keys', 'operator', '/incidents?view=all', key('?')],
    ['palette', 'operator', '/incidents?view=all', key('Control+k')],
    ['case-why', 'operator', `/incidents/${id}`],
    ['case-evidence', 'operator', `/incidents/${id}/evidence`],
    ['case-response', 'operator', `/incidents/${id}/response`],
    ['case-proof', 'operator', `/incidents/${id}/proof`],
    ['case-override', 'operator', `/incidents/${id}`, key('g')],
    ['hunt', 'operator', '/hunt?last=720'],
    ['hunt-detail', 'operator', '/hunt?last=720', async page => { await page.locator('.grid-row .linkish').first().click(); await page.locator('.event-detail').waitFor() }],
    ['hunt-bad-query', 'operator', '/hunt?q=' + encodeURIComponent('source.ip:(10.1.2.3 and')],
    ['assets', 'operator', '/assets'],
    ['reports', 'operator', '/reports'],
    ['report-preview', 'operator', '/reports', async page => { await page.locator('.reports form button[type="submit"]').click(); await page.locator('.report, .reports pre').first().waitFor(); await settled(page) }],
    ['health', 'operator', '/health'],
    ['my-account', 'operator', '/me'],
    ['forbidden', 'operator', '/accounts'],
    ['missing', 'operator', '/nowhere'],
    ['ledger', 'audit', '/ledger'],
    ['ledger-checked', 'audit', '/ledger', async page => { await page.locator('[data-check]').click(); await page.locator('.ledger .big-tag').waitFor({ timeout: 60_000 }) }],
    ['audit', 'audit', '/audit'],
    ['audit-queue', 'audit', '/incidents?view=all'],
    ['accounts', 'system', '/accounts'],
    ['accounts-create', 'system', '/accounts', async page => { await page.locator('.panel header .el-button').first().click(); await page.locator('#account-name').waitFor(); await page.waitForTimeout(400) }],
  ]
}

if (options.only !== 'tour') {
  for (const [locale, theme] of [['zh-CN', 'light'], ['en', 'light'], ['zh-CN', 'dark'], ['en', 'dark']]) {
    if (options.combos && !options.combos.split(',').includes(`${locale}.${theme}`)) continue
    for (const [name, role, path, prepare] of await looks()) {
      if (options.names && !options.names.split(',').includes(name)) continue
      await step(`${locale} ${theme} ${name}`, async () => {
        const made = await context(browser, { url, offences, locale, theme, state: role ? states[role] : undefined })
        try {
          const page = await made.newPage()
          await page.goto(url + path)
          await settled(page)
          if (prepare) await prepare(page)
          await page.screenshot({ path: `${SCREENS}${name}.${locale}.${theme}.png` })
          const wrong = []
          const over = await sideways(page)
          if (over > 0) wrong.push(`scrolls sideways by ${over} px`)
          if (locale === 'en') wrong.push(...(await chinese(page)).map(text => 'Chinese in English: ' + text))
          wrong.push(...(await axe(page)).map(text => 'axe: ' + text))
          assert.ok(wrong.length === 0, wrong.join('\n'))
        } finally {
          await made.close()
        }
      })
    }
  }
}

await step('no CSP violation, dialog, page error, warning or outside request anywhere', () => {
  const unique = [...new Set(offences.found.map(one => `${one.kind}: ${one.detail}`))]
  assert.ok(unique.length === 0, unique.slice(0, 12).join('\n'))
})
await browser.close()
const failed = results.filter(one => !one.ok)
console.log(`\n${results.length} steps, ${failed.length} failed`)
process.exit(failed.length ? 1 : 0)
