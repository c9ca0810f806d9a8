// The story of one watch: from the link to the confirmed incident, its evidence, its messages and the report.
import assert from 'node:assert/strict'
import { settled } from './browser.mjs'

const HOSTILE = '<img src=x onerror=alert(1)><script>alert(2)</script>'

const firstRow = page => page.locator('.grid-row').first()

/** Law 10: from signing in, the gravest incident is one step away. */
export async function openGravest(page, url) {
  await page.goto(url + '/incidents')
  await settled(page)
  await firstRow(page).waitFor()
  const id = await firstRow(page).getAttribute('data-id')
  await firstRow(page).locator('.row-title').click()
  await page.waitForURL(`**/incidents/${id}`)
  await settled(page)
  return id
}

export async function why(page) {
  const rows = page.locator('[data-why] tbody tr:not(.group)')
  await rows.first().waitFor()
  const cells = await rows.first().locator('td').allInnerTexts()
  assert.equal(cells.length, 5, 'a reason has fact, basis, clause, effect and whether it was checked')
  assert.ok(cells[0] && cells[1] && cells[3], 'fact, basis and effect are never empty: ' + cells.join(' | '))
}

export async function rawLines(page) {
  await page.keyboard.press('2')
  await page.locator('[data-signal]').first().waitFor()
  await page.locator('[data-raw]').first().waitFor()
  assert.ok((await page.locator('[data-raw]').first().innerText()).length > 5, 'the raw line is there')
}

export async function proofVerified(page) {
  await page.locator('[data-proof="verified"], [data-proof="pending"]').first().waitFor({ timeout: 30_000 })
  await page.keyboard.press('4')
  for (let attempt = 0; attempt < 40; attempt++) {
    if (await page.locator('.case-head [data-proof="verified"]').count()) return
    await page.waitForTimeout(1_000)
  }
  assert.fail('the proof badge did not become verified: ' + (await page.locator('.case-head .proof').innerText()))
}

export async function confirmByMouse(page) {
  await page.locator('[data-act="confirm"]').click()
  await page.locator('#persons').fill('12000')
  await page.locator('#data-class').selectOption('personal')
  await page.locator('#outcome').selectOption('success')
  await page.waitForFunction(() => document.querySelector('.confirm fieldset[aria-busy="false"] tbody tr'))
  await page.locator('#confirm-reason').fill('e2e: ' + HOSTILE)
  await page.locator('[data-submit]').click()
  await page.locator('.case-head .s-confirmed').waitFor({ timeout: 20_000 })
}

/** The same without a mouse: the row is under the cursor, Enter opens, f confirms, Ctrl+Enter does it. */
export async function confirmByKeyboard(page, url) {
  await page.goto(url + '/incidents')
  await settled(page)
  await firstRow(page).waitFor()
  await page.keyboard.press('j')
  const id = await page.locator('.grid-row.cursor').getAttribute('data-id')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/incidents/${id}`)
  await settled(page)
  await page.keyboard.press('f')
  await page.locator('#persons').waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'))
  for (let tabs = 0; (await page.evaluate(() => document.activeElement?.id)) !== 'persons'; tabs++) {
    assert.ok(tabs < 20, 'the field can be reached by Tab')
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('30')
  await page.keyboard.press('Tab')
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)
  assert.notEqual(outline, 'none', 'focus is visible')
  await page.keyboard.press('Control+Enter')
  await page.locator('.case-head .s-confirmed').waitFor({ timeout: 20_000 })
  await page.waitForFunction(() => !document.querySelector('[role="dialog"] form'))
  await page.keyboard.press('Escape')
  await page.waitForURL(/\/incidents(\?|$)/)
  return id
}

export async function messages(page) {
  await page.keyboard.press('3')
  const rows = page.locator('[data-messages] tbody tr')
  await rows.first().waitFor()
  assert.ok((await rows.count()) >= 1, 'the messages are listed')
}

/** What an attacker or a colleague wrote is text, and characters that hide are shown. */
export async function hostileText(page) {
  await page.keyboard.press('t')
  await page.locator('#note-text').fill('note ' + HOSTILE + ' \u202egpj.exe')
  await page.locator('[data-submit]').click()
  const note = page.locator('.notes li').first()
  await note.filter({ hasText: 'note ' }).waitFor()
  const text = await note.innerText()
  assert.ok(text.includes(HOSTILE), 'markup is shown as its characters: ' + text)
  assert.ok(text.includes('\\u{202E}'), 'the direction mark is shown: ' + text)
  assert.equal(await page.locator('.notes img, .notes script').count(), 0)
}

export async function report(page, url) {
  await page.goto(url + '/reports')
  await settled(page)
  const before = await page.locator('[data-reports] tbody tr').count()
  await page.locator('[data-make]').click()
  await page.waitForURL(/\/reports\/.+/, { timeout: 60_000 })
  await settled(page)
  await page.waitForFunction(n => document.querySelectorAll('[data-reports] tbody tr').length > n, before)
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-reports] tbody tr').first().locator('.downloads a').first().click()])
  assert.equal(await file.failure(), null)
  assert.ok(file.suggestedFilename().endsWith('.pdf'), file.suggestedFilename())
}

/** Law 1: what arrives waits in a pill; the rows on the screen do not move. */
export async function liveRow(page, url, seconds) {
  await page.goto(url + '/incidents?view=all&sort=newest')
  await settled(page)
  await firstRow(page).waitFor()
  const order = () => page.locator('.grid-row').evaluateAll(rows => rows.map(row => row.dataset.id))
  const before = await order()
  await page.locator('.pill').waitFor({ timeout: seconds * 1_000 })
  assert.deepEqual(await order(), before, 'no row moved')
  await page.keyboard.press('n')
  await page.waitForFunction(first => document.querySelector('.grid-row')?.dataset.id !== first, before[0], { timeout: 20_000 })
}

/** Two people on one case: the second is told, loses nothing, and may go on. */
export async function clash(page, other, url, id) {
  await page.goto(`${url}/incidents/${id}`)
  await settled(page)
  await page.keyboard.press('s')
  await page.locator('#state-reason').fill('typed before the clash')
  await other.goto(`${url}/incidents/${id}`)
  await settled(other)
  await other.keyboard.press('t')
  await other.locator('#note-text').fill('the other was faster')
  await other.locator('[data-submit]').click()
  await other.locator('.notes li').filter({ hasText: 'the other was faster' }).first().waitFor()
  await page.locator('[data-submit]').click()
  await page.locator('.clash').waitFor()
  assert.equal(await page.locator('#state-reason').inputValue(), 'typed before the clash')
  await page.locator('[data-submit]').click()
  await page.waitForFunction(() => !document.querySelector('[role="dialog"] form'))
}
