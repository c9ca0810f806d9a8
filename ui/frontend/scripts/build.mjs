// Builds dist and lays a .gz beside every text file, so that the server sends them without compressing again.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

process.env.NODE_ENV = 'production'
await build({ logLevel: process.env.WANGLOU_BUILD_LOG ?? 'warn' })

const text = /\.(js|css|html|svg|json|txt)$/
let files = 0
let before = 0
let after = 0
const walk = folder => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) walk(path)
    else if (text.test(name)) {
      const bytes = readFileSync(path)
      const packed = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION })
      if (packed.length < bytes.length) writeFileSync(path + '.gz', packed)
      files++
      before += bytes.length
      after += packed.length
    }
  }
}
walk('dist')
console.log(`console: ${files} files, ${(before / 1024).toFixed(0)} KiB, gzip ${(after / 1024).toFixed(0)} KiB`)
