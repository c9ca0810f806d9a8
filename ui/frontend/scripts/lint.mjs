// House rules that no compiler knows: nothing is written as HTML, no text outside the locale files, no time without a zone.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const problems = []
const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/
const bans = [
  [/\bv-html\b/, 'v-html: bind text'],
  [/\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write/, 'HTML from strings: use text nodes'],
  [/\beval\(|new Function\(/, 'code from strings'],
  [/[^:\w-]style="/, 'inline style: use a class or :style'],
  [/toLocale(String|DateString|TimeString)\(/, 'toLocale…: use time/zone.ts or text/numbers.ts, which name zone and locale'],
  [/dangerouslyUseHTMLString/, 'HTML in messages'],
  [/https?:\/\/(?!www\.w3\.org)/, 'an outside address'],
]
const walk = folder =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })

const sources = walk('src')
for (const path of sources.filter(path => /\.(vue|ts|css)$/.test(path))) {
  const test = path.endsWith('.test.ts')
  readFileSync(path, 'utf8').split('\n').forEach((line, index) => {
    for (const [pattern, why] of bans) if (!test && pattern.test(line)) problems.push(`${path}:${index + 1} ${why}`)
    if (!test && !path.endsWith('.css') && CJK.test(line)) problems.push(`${path}:${index + 1} text outside the locale files`)
  })
}

const flat = (tree, prefix = '') =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? flat(value, prefix + key + '.') : [[prefix + key, value]])
const zh = new Map(flat(JSON.parse(readFileSync('src/i18n/zh-CN.json', 'utf8'))))
const en = new Map(flat(JSON.parse(readFileSync('src/i18n/en.json', 'utf8'))))
for (const key of zh.keys()) if (!en.has(key)) problems.push(`en.json lacks ${key}`)
for (const key of en.keys()) if (!zh.has(key)) problems.push(`zh-CN.json lacks ${key}`)
// The way back to Chinese is written in Chinese.
for (const [key, text] of en) if (key !== 'app.toChinese' && CJK.test(text)) problems.push(`en.json ${key} holds Chinese`)
const holes = text => [...text.matchAll(/\{(\w+)\}/g)].map(hit => hit[1]).sort().join()
for (const [key, text] of zh) if (en.has(key) && holes(text) !== holes(en.get(key))) problems.push(`${key}: placeholders differ`)

const all = sources.filter(path => /\.(vue|ts)$/.test(path)).map(path => readFileSync(path, 'utf8')).join('\n')
for (const [, key] of all.matchAll(/\bt\('([\w.-]+)'[,)]/g)) if (!zh.has(key)) problems.push(`no text for ${key}`)
const stems = [...all.matchAll(/\bt\(`([\w.-]+\.)\$\{/g)].map(hit => hit[1])
for (const stem of stems) if (![...zh.keys()].some(key => key.startsWith(stem))) problems.push(`no texts under ${stem}`)
for (const key of zh.keys()) {
  const used = all.includes(`'${key}'`) || all.includes(`"${key}"`) || stems.some(stem => key.startsWith(stem))
  if (!used) problems.push(`${key}: text nobody uses`)
}

for (const line of problems) console.error('lint:', line)
console.log(`lint: ${sources.length} files, ${zh.size} texts, ${problems.length} problems`)
process.exit(problems.length ? 1 : 0)
