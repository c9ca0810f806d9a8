# Finds JDK >= 17, Maven and Node; installs what is missing on Debian when it may, otherwise says exactly what to do.
# Sourced by ./wanglou and ./check. Sets JAVA.

may_install() { command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

apt_install() {
  local as=()
  [ "$(id -u)" = 0 ] || as=(sudo -n)
  echo "wanglou: installing $*" >&2
  if ! "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; then
    "${as[@]}" apt-get update -qq >/dev/null 2>&1
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  fi
}

need() { # command, what it is, Debian package
  command -v "$1" >/dev/null 2>&1 && return 0
  if may_install; then
    apt_install "$3"
    command -v "$1" >/dev/null 2>&1 && return 0
  fi
  echo "wanglou: $2 is missing. On Debian or Ubuntu: sudo apt-get install $3" >&2
  exit 3
}

java_major() { "$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1; }

require_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
    [ -n "$candidate" ] && [ -x "$candidate" ] || continue
    if [ "$(java_major "$candidate")" -ge 17 ] 2>/dev/null && [ -x "$(dirname "$candidate")/javac" ]; then
      JAVA="$candidate"
      export JAVA
      return 0
    fi
  done
  if may_install; then
    apt_install openjdk-17-jdk-headless
    JAVA=/usr/lib/jvm/java-17-openjdk-$(dpkg --print-architecture)/bin/java
    export JAVA
    [ -x "$JAVA" ] && return 0
  fi
  echo "wanglou: a JDK of version 17 or later is missing. On Debian or Ubuntu: sudo apt-get install openjdk-17-jdk-headless" >&2
  exit 3
}

require_maven() { need mvn "Maven 3.8 or later" maven; }

require_node() {
  if command -v node >/dev/null 2>&1 && [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "wanglou: Node $(node -v) is too old, 20 or later is needed: see https://nodejs.org" >&2
    exit 3
  fi
  need node "Node 20 or later" nodejs
  need npm "npm" npm
}

# Builds without tests and prints a line for each module.
build_with_progress() {
  local log="$1/.build.log" started=$SECONDS
  if ! (cd "$1" && mvn -B -ntp -DskipTests package 2>&1) | tee "$log" |
      sed -un 's/^\[INFO\] Building wanglou: \([a-z]*\).*\[\([0-9/]*\)\].*/wanglou: building \1 (\2)/p' >&2; then
    :
  fi
  if ! grep -q 'BUILD SUCCESS' "$log"; then
    grep -E '^\[ERROR\]' "$log" | head -20 >&2
    echo "wanglou: the build failed; the whole output is in $log" >&2
    exit 3
  fi
  echo "wanglou: built in $((SECONDS - started)) s" >&2
}

# A browser for the console's tests. Sets WANGLOU_CHROMIUM.
require_chromium() {
  local name
  for name in "${WANGLOU_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && WANGLOU_CHROMIUM="$(command -v "$name")" && break
    WANGLOU_CHROMIUM=
  done
  if [ -z "$WANGLOU_CHROMIUM" ]; then
    need chromium "Chromium" chromium
    WANGLOU_CHROMIUM="$(command -v chromium)"
  fi
  export WANGLOU_CHROMIUM
  # Without a font for Chinese the screenshots show boxes.
  if command -v fc-list >/dev/null 2>&1 && [ -z "$(fc-list :lang=zh 2>/dev/null | head -1)" ] && may_install; then
    apt_install fonts-noto-cjk
  fi
}
