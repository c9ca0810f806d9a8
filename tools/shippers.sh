# Lays rsyslog and syslog-ng of Debian's packages into a folder: they exclude each other as packages, and the machine's own
# logging is left alone. Sourced after prerequisites.sh.

# For the tests. Sets WANGLOU_SHIPPERS, empty where they cannot be had.
require_shippers() {
  WANGLOU_SHIPPERS="${WANGLOU_SHIPPERS:-${XDG_CACHE_HOME:-$HOME/.cache}/wanglou/shippers}"
  export WANGLOU_SHIPPERS
  lay_shippers "$WANGLOU_SHIPPERS" "rsyslog rsyslog-relp rsyslog-gnutls" "syslog-ng-core" && return 0
  echo "wanglou: rsyslog and syslog-ng cannot be fetched with apt-get; tests that need them say so and are passed over" >&2
  WANGLOU_SHIPPERS=
}

# For bench/run ingest, with their Kafka outputs. Sets WANGLOU_KAFKA_SHIPPERS, empty where they cannot be had.
require_kafka_shippers() {
  WANGLOU_KAFKA_SHIPPERS="${WANGLOU_KAFKA_SHIPPERS:-${XDG_CACHE_HOME:-$HOME/.cache}/wanglou/ingest-shippers}"
  lay_shippers "$WANGLOU_KAFKA_SHIPPERS" "rsyslog rsyslog-kafka" "syslog-ng-core syslog-ng-mod-rdkafka" && return 0
  echo "wanglou: rsyslog and syslog-ng cannot be fetched with apt-get; they are left out" >&2
  WANGLOU_KAFKA_SHIPPERS=
}

lay_shippers() { # folder, sets of packages; nothing is done where they lie already
  local folder="$1.new" to="$1" set file
  shift
  [ -x "$to/usr/sbin/rsyslogd" ] && [ -x "$to/usr/sbin/syslog-ng" ] && return 0
  command -v apt-get >/dev/null 2>&1 || return 1
  rm -rf "$folder"
  mkdir -p "$folder/debs/partial" || return 1
  for set in "$@"; do
    # shellcheck disable=SC2086
    fetch_shippers "$folder/debs" $set || { may_install && apt-get update -qq >/dev/null 2>&1 && fetch_shippers "$folder/debs" $set; } || return 1
  done
  for file in "$folder"/debs/*.deb; do
    dpkg -x "$file" "$folder" || return 1
  done
  rm -rf "$folder/debs" "$to"
  mv "$folder" "$to"
}

fetch_shippers() { # folder, packages
  local folder="$1"
  shift
  apt-get -o Dir::Cache::archives="$folder" -o Debug::NoLocking=1 install --reinstall --download-only -y -qq \
    --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}
