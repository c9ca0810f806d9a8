# Lays rsyslog and syslog-ng of Debian's packages, with their Kafka outputs, into a folder for bench/run ingest: they exclude
# each other as packages, and the machine's own logging is left alone. Sourced by bench/run after prerequisites.sh. Sets
# WANGLOU_KAFKA_SHIPPERS, empty where they cannot be had.

require_kafka_shippers() {
  local folder="${WANGLOU_KAFKA_SHIPPERS:-${XDG_CACHE_HOME:-$HOME/.cache}/wanglou/ingest-shippers}"
  WANGLOU_KAFKA_SHIPPERS="$folder"
  [ -x "$folder/usr/sbin/rsyslogd" ] && [ -x "$folder/usr/sbin/syslog-ng" ] && return 0
  if may_install && lay_kafka_shippers "$folder"; then return 0; fi
  echo "wanglou: rsyslog and syslog-ng cannot be fetched with apt-get; they are left out" >&2
  WANGLOU_KAFKA_SHIPPERS=
}

lay_kafka_shippers() { # folder
  local folder="$1.new" file
  rm -rf "$folder"
  mkdir -p "$folder/debs/partial" || return 1
  fetch_kafka_shippers "$folder/debs" rsyslog rsyslog-kafka || return 1
  fetch_kafka_shippers "$folder/debs" syslog-ng-core syslog-ng-mod-rdkafka || return 1
  for file in "$folder"/debs/*.deb; do
    dpkg -x "$file" "$folder" || return 1
  done
  rm -rf "$folder/debs" "$1"
  mv "$folder" "$1"
}

fetch_kafka_shippers() { # folder, packages
  local folder="$1"
  shift
  apt-get -o Dir::Cache::archives="$folder" -o Debug::NoLocking=1 install --reinstall --download-only -y -qq \
    --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}
