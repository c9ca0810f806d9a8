// Called by Maven: `node scripts/package.mjs build|test <target folder>`. Does nothing when no source changed since it last
// did it, so that repeated Maven runs cost nothing.
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = join(dirname(fileURLToPath(import.meta.url)), '..')
const [verb, target] = process.argv.slice(2)
if (!['build', 'test'].includes(verb) || !target) throw new Error('usage: node scripts/package.mjs build|test <target folder>')
const major = Number(process.versions.node.split('.')[0])
if (major < 20) throw new Error(`the console needs Node 20 or later to build, this is ${process.versions.node}; -DskipUi leaves it out`)

const LEFT_OUT = new Set(['node_modules', 'dist', '.gitignore'])
function digest(names) {
  const hash = createHash('sha256')
  const walk = path => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name))
    else hash.update(relative(here, path)).update('\0').update(readFileSync(path)).update('\0')
  }
  for (const name of names) walk(join(here, name))
  return hash.digest('hex')
}
const sources = () => digest(readdirSync(here).filter(name => !LEFT_OUT.has(name)).sort())
const stamp = name => join(target, `frontend-${name}.stamp`)
const stamped = (name, value) => existsSync(stamp(name)) && readFileSync(stamp(name), 'utf8') === value
function put(name, value) {
  mkdirSync(target, { recursive: true })
  writeFileSync(stamp(name), value)
}
function run(command, ...words) {
  const result = spawnSync(command, words, { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' })
  if (result.error) throw result.error
  return result.status === 0
}
function must(command, ...words) {
  if (!run(command, ...words)) {
    console.error(`console: ${[command, ...words].join(' ')} failed`)
    process.exit(1)
  }
}
function packages() {
  const wanted = digest(['package.json', 'package-lock.json'])
  const mark = join(here, 'node_modules', '.wanglou-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  const lock = readFileSync(join(here, 'package-lock.json'))
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  if (!run('npm', 'ci', ...quiet)) {
    must('npm', 'install', ...quiet)
    if (!readFileSync(join(here, 'package-lock.json')).equals(lock)) {
      console.error('console: npm install changed package-lock.json; commit it or restore it')
      process.exit(1)
    }
  }
  writeFileSync(mark, wanted)
}

const now = sources()
if (verb === 'build') {
  const web = join(target, 'classes', 'web')
  if (stamped('build', now) && existsSync(join(web, 'index.html'))) process.exit(0)
  packages()
  must('npm', 'run', '--silent', 'build')
  rmSync(web, { recursive: true, force: true })
  cpSync(join(here, 'dist'), web, { recursive: true })
  put('build', now)
} else {
  if (stamped('test', now)) process.exit(0)
  packages()
  for (const script of ['lint', 'test', 'size', 'licences']) must('npm', 'run', '--silent', script)
  put('test', now)
}
