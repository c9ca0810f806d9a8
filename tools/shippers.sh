# Lays rsyslog and syslog-ng of Debian's packages into a folder for the tests: they exclude each other as packages, and the
# machine's own logging is left alone. Sourced by ./check. Sets WANGLOU_SHIPPERS, empty where they cannot be had.

require_shippers() {
  WANGLOU_SHIPPERS="${WANGLOU_SHIPPERS:-${XDG_CACHE_HOME:-$HOME/.cache}/wanglou/shippers}"
  export WANGLOU_SHIPPERS
  [ -x "$WANGLOU_SHIPPERS/usr/sbin/rsyslogd" ] && [ -x "$WANGLOU_SHIPPERS/usr/sbin/syslog-ng" ] && return 0
  if command -v apt-get >/dev/null 2>&1 && lay_shippers "$WANGLOU_SHIPPERS"; then
    return 0
  fi
  echo "wanglou: rsyslog and syslog-ng cannot be fetched with apt-get; tests that need them say so and are passed over" >&2
  WANGLOU_SHIPPERS=
}

lay_shippers() { # folder
  local folder="$1.new" set file
  rm -rf "$folder"
  mkdir -p "$folder/debs/partial" || return 1
  for set in "rsyslog rsyslog-relp rsyslog-gnutls" "syslog-ng-core"; do
    # shellcheck disable=SC2086
    fetch_shippers "$folder/debs" $set || { may_install && apt-get update -qq >/dev/null 2>&1 && fetch_shippers "$folder/debs" $set; } || return 1
  done
  for file in "$folder"/debs/*.deb; do
    dpkg -x "$file" "$folder" || return 1
  done
  rm -rf "$folder/debs" "$1"
  mv "$folder" "$1"
}

fetch_shippers() { # folder, packages
  local folder="$1"
  shift
  apt-get -o Dir::Cache::archives="$folder" -o Debug::NoLocking=1 install --reinstall --download-only -y -qq \
    --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}
