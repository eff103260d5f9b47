# What the scripts beside this one share. Sourced by them; not run.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." >/dev/null

say() { printf '%s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# The first Python that is new enough.
find_python() {
  local name
  for name in python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  die "Python 3.11 or later is needed and was not found. On Debian: apt-get install python3 python3-venv"
}

# Installs a locked requirements file into .venv, if it has changed since the last time.
install_locked() {
  local stamp=".venv/$1.sha256"
  if ! sha256sum --check --status "$stamp" 2>/dev/null; then
    say "Installing $1"
    .venv/bin/python -m pip install --disable-pip-version-check --requirement "$1"
    sha256sum "$1" >"$stamp"
  fi
}

# Runs a command as root, by being root or by a sudo that asks for nothing.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Installs Debian packages, or says the command that would.
apt_install() {
  if ! command -v apt-get >/dev/null || ! as_root true 2>/dev/null; then
    die "Missing for the tests: $*. Install it by: sudo apt-get install $*"
  fi
  say "Installing Debian's $*"
  as_root apt-get update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}
