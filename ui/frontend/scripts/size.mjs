// Fails when a route's JS and CSS on the wire (gzip) are above its bar.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const FIRST_LOAD = 180
const ANY_ROUTE = 250
const manifest = JSON.parse(readFileSync('dist/manifest.json', 'utf8'))

function files(key, seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const css of chunk.css ?? []) seen.add(css)
  for (const next of chunk.imports ?? []) files(next, seen)
  return seen
}
const kib = set => [...set].reduce((sum, file) => sum + gzipSync(readFileSync('dist/' + file), { level: 9 }).length, 0) / 1000

const shell = files('index.html')
let failed = false
const pages = Object.keys(manifest).filter(key => /^src\/pages\/.*Page\.vue$/.test(key))
for (const page of pages) {
  const size = kib(files(page, new Set(shell)))
  const bar = page.includes('QueuePage') ? FIRST_LOAD : ANY_ROUTE
  const bad = size > bar
  failed ||= bad
  console.log(`${bad ? 'TOO BIG ' : 'ok      '}${size.toFixed(1).padStart(6)} kB of ${bar}  ${page}`)
}
console.log(`shell alone ${kib(shell).toFixed(1)} kB`)
if (!pages.length) throw new Error('no pages in the manifest')
process.exit(failed ? 1 : 0)
