# A throw-away PostgreSQL for the tests. Sourced by script/test; not run.

# Prints the folder of the server's programs.
find_postgres() {
  local bin
  for bin in "$(pg_config --bindir 2>/dev/null)" /usr/lib/postgresql/*/bin; do
    if [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ]; then
      echo "$bin"
      return
    fi
  done
  return 1
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Starts a server in a new folder, reached by a socket there; sets postgres_url.
start_postgres() {
  postgres_dir=$1
  postgres_bin=$(find_postgres) || { apt_install postgresql && postgres_bin=$(find_postgres); } || die "PostgreSQL's server programs were not found."
  mkdir "$postgres_dir"
  [ "$(id -u)" != 0 ] || chown postgres "$postgres_dir" "$(dirname "$postgres_dir")"
  as_postgres "$postgres_bin/initdb" --pgdata "$postgres_dir/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 \
    --no-sync >"$postgres_dir.log" 2>&1 || die "PostgreSQL could not be set up: $(cat "$postgres_dir.log")"
  as_postgres "$postgres_bin/pg_ctl" --pgdata "$postgres_dir/data" --log "$postgres_dir/log" --wait --silent start \
    --options "-c listen_addresses='' -k $postgres_dir -c fsync=off -c full_page_writes=off -c synchronous_commit=off" >/dev/null ||
    die "PostgreSQL did not start: $(cat "$postgres_dir/log")"
  postgres_url="postgres://postgres@${postgres_dir//\//%2F}/caregiver_finder"
}

stop_postgres() {
  [ -e "${postgres_dir:-}/data/postmaster.pid" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" --pgdata "$postgres_dir/data" --mode immediate --silent stop >/dev/null
}
