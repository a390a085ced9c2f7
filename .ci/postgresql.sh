#!/usr/bin/env bash
# Start a PostgreSQL server of its own on loopback, in a new folder that is thrown away: prints its address.
# Usage: postgresql.sh FOLDER [PORT]; postgresql.sh stop FOLDER
set -euo pipefail
if [ "$1" = stop ]; then
  ctl=$(compgen -G "/usr/lib/postgresql/*/bin/pg_ctl" | sort -V | tail -1)
  runuser -u postgres -- "$ctl" -D "$2/data" -m immediate stop >&2
  exit
fi
folder=$1
port=${2:-54329}
if ! compgen -G "/usr/lib/postgresql/*/bin/initdb" > /dev/null; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql; } >&2
fi
bin=$(dirname "$(compgen -G "/usr/lib/postgresql/*/bin/initdb" | sort -V | tail -1)")
mkdir -p "$folder"
chown postgres "$folder"
as_postgres() { runuser -u postgres -- "$@" >&2; }
as_postgres "$bin/initdb" -D "$folder/data" --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
as_postgres "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c max_connections=200" start
echo "postgresql+psycopg://postgres@127.0.0.1:$port/postgres"
