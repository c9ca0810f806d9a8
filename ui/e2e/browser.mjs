// A real Chromium, one signed-in context for each role, and recorders for everything that must never happen.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const CJK = '[\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef]'

function executable() {
  if (process.env.WANGLOU_CHROMIUM) return process.env.WANGLOU_CHROMIUM
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim()
    } catch {
      // the next name
    }
  }
  throw new Error('no Chromium: install it or set WANGLOU_CHROMIUM')
}

export const launch = () => chromium.launch({ executablePath: executable(), headless: true, args: ARGS })

/** What must stay empty over the whole run. */
export class Offences {
  found = []
  add(kind, detail) {
    this.found.push({ kind, detail: String(detail).slice(0, 400) })
  }
}

export async function context(browser, { url, offences, locale = 'zh-CN', theme = 'light', state, width = 1366, height = 768 }) {
  const made = await browser.newContext({ viewport: { width, height }, locale, timezoneId: 'America/New_York', storageState: state, acceptDownloads: true, ignoreHTTPSErrors: true })
  await made.addInitScript(
    ([prefs, hook]) => {
      try {
        localStorage.setItem('wanglou-prefs', prefs)
      } catch {
        // about:blank has no storage
      }
      document.addEventListener('securitypolicyviolation', event => console.error(hook + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber + ' ' + event.sample))
    },
    [JSON.stringify({ theme, locale, density: 'normal', keys: true }), 'CSP-VIOLATION '],
  )
  const origin = new URL(url).origin
  made.on('request', request => {
    const target = request.url()
    if (!target.startsWith(origin + '/') && !target.startsWith('data:') && !target.startsWith('blob:')) offences.add('external request', target)
  })
  made.on('page', page => {
    page.on('dialog', dialog => {
      offences.add('dialog', dialog.message())
      void dialog.dismiss()
    })
    page.on('pageerror', error => offences.add('page error', error.stack ?? error.message))
    page.on('console', message => {
      const text = message.text()
      if (text.startsWith('CSP-VIOLATION')) offences.add('CSP', text)
      else if (/TrustedHTML|Content Security Policy|Trusted Type/.test(text)) offences.add('CSP', text)
      else if (/\[intlify\]|\[Vue warn\]/.test(text)) offences.add('warning', text)
    })
  })
  return made
}

/** Waits until nothing is loading: no skeleton, no busy region. */
export async function settled(page) {
  await page.waitForSelector('#content, .entry', { timeout: 20_000 })
  await page.waitForFunction(() => !document.querySelector('.bones, .skeleton-bar, [aria-busy="true"]'), undefined, { timeout: 30_000 })
  await page.waitForTimeout(150)
}

export async function axe(page) {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const result = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
    return result.violations.map(v => `${v.id} ×${v.nodes.length}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? '')).join(' | ')}`)
  })
}

export const sideways = page => page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth)

/** Chinese in an English page, outside what is marked as data. */
export const chinese = page =>
  page.evaluate(pattern => {
    const cjk = new RegExp(pattern)
    const data = node => (node.nodeType === 1 ? node : node.parentElement)?.closest('[translate="no"], noscript')
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 3) {
        if (cjk.test(node.data) && !data(node)) found.push(node.data.trim())
      } else {
        for (const name of ['placeholder', 'aria-label']) {
          const text = node.getAttribute(name)
          if (text && cjk.test(text) && !data(node)) found.push(`${name}: ${text}`)
        }
      }
    }
    if (cjk.test(document.title)) found.push('title: ' + document.title)
    return found.slice(0, 10)
  }, CJK)
