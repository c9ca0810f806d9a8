#!/usr/bin/env bash
# Runs the console's browser tests against a real `wanglou demo`: starts it, waits for its links, tests, stops it.
# Arguments go to ui/e2e/run.mjs.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/tools/prerequisites.sh"
require_jdk
require_node
require_chromium

work="$(mktemp -d)"
demo=
knock=
finish() {
  [ -n "$knock" ] && kill "$knock" 2>/dev/null
  [ -n "$demo" ] && kill "$demo" 2>/dev/null && wait "$demo" 2>/dev/null
  rm -rf "$work"
}
trap finish EXIT

"$root/wanglou" demo --seed "${SEED:-7}" --data "$work/data" >"$work/demo.out" 2>"$work/demo.err" &
demo=$!
for _ in $(seq 1 180); do
  grep -q '^running' "$work/demo.out" && break
  kill -0 "$demo" 2>/dev/null || { cat "$work/demo.out" "$work/demo.err" >&2; exit 1; }
  sleep 1
done
grep -q '^running' "$work/demo.out" || { echo "browser tests: the demo is not ready after 180 s" >&2; cat "$work/demo.out" "$work/demo.err" >&2; exit 1; }
url="$(sed -n 's#.*\(http://[^ ]*\)/enter\#.*#\1#p' "$work/demo.out" | head -1)"
syslog="$(sed -n 's#^listening syslog-udp ##p' "$work/demo.out")"
node "$root/tools/knock.mjs" "$syslog" 15 60 &
knock=$!
cd "$root/ui/e2e"
[ -d node_modules ] || npm ci --no-audit --no-fund
npm run --silent e2e -- --url "$url" --links "$work/demo.out" "$@"
