// Fails when a production package has a licence that does not go with Apache-2.0.
import { existsSync, readFileSync } from 'node:fs'

const GOOD = new Set(['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'CC0-1.0', 'Unlicense'])
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const counts = {}
const wrong = []
for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path || entry.dev || entry.devOptional) continue
  const manifest = path + '/package.json'
  const licence = entry.license ?? (existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).license : undefined)
  const name = path.replace(/^.*node_modules\//, '')
  const words = String(licence ?? 'none stated').replace(/[()]/g, '').split(/\s+OR\s+/)
  if (!words.some(word => word.split(/\s+AND\s+/).every(part => GOOD.has(part)))) wrong.push(`${name} ${entry.version}: ${licence}`)
  counts[licence] = (counts[licence] ?? 0) + 1
}
for (const line of wrong) console.error('licence:', line)
console.log('licence:', JSON.stringify(counts), wrong.length, 'refused')
process.exit(wrong.length ? 1 : 0)
