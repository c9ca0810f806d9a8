// Checks licences: every component that runs in the product needs one that goes with Apache-2.0.
//
// Usage: node tools/licence-check.mjs target/bom.json [folder with package-lock.json and node_modules]...
// LGPL libraries are accepted as separate, replaceable jars; GPL without a linking exception, AGPL and SSPL are refused;
// a component without a stated licence is refused until it is listed below with where its licence was read.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const GOOD =
  /apache|mit\b|bsd|bouncy castle|epl|eclipse|mpl|mozilla|lgpl|lesser general|cddl|edl|public domain|cc0|unlicense|isc\b|unicode|w3c|0bsd|go license|zlib|blueoak|upl|classpath|ofl/i;
const BAD = /\bagpl|affero|sspl|server side public|elastic license|commons clause|busl/i;
const READ_BY_HAND = {
  // 'group/name': 'licence and where it was read'
};

const wrong = [];
let seen = 0;

function judge(name, texts) {
  seen++;
  const read = texts.length ? texts : READ_BY_HAND[name] ? [READ_BY_HAND[name]] : [];
  if (!read.length) {
    wrong.push(`${name}: no licence stated; read it and list it in tools/licence-check.mjs`);
  } else if (!read.some(text => GOOD.test(text) && !BAD.test(text))) {
    wrong.push(`${name}: ${read.join(', ')}`);
  }
}

const [bom, ...folders] = process.argv.slice(2);
for (const c of JSON.parse(readFileSync(bom, 'utf8')).components ?? []) {
  if (c.group === 'org.wanglou' || c.scope === 'excluded') continue;
  const texts = (c.licenses ?? [])
    .map(entry => entry.license?.id ?? entry.license?.name ?? entry.expression)
    .filter(Boolean);
  judge(`${c.group ?? ''}/${c.name}`, texts);
}
for (const folder of folders) {
  const packages = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages ?? {};
  for (const [path, entry] of Object.entries(packages)) {
    // What only builds and tests is not shipped; what is for other machines is not installed.
    const manifest = join(folder, path, 'package.json');
    if (!path || entry.dev || entry.link || !existsSync(manifest)) continue;
    const stated = entry.license ?? JSON.parse(readFileSync(manifest, 'utf8')).license;
    judge(`npm:${path.replace(/^.*node_modules\//, '')}`, stated ? [typeof stated === 'string' ? stated : stated.type] : []);
  }
}
for (const line of wrong) console.log(`licence: ${line}`);
console.log(`licence: ${seen} components read, ${wrong.length} refused`);
process.exit(wrong.length || !seen ? 1 : 0);
