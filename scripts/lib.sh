# Shared by the scripts of this folder; sourced, not run.
# Needs bash strict mode in the caller.

say() { printf '%s\n' "helder: $*" >&2; }

die() {
  say "$*"
  exit 1
}

# The Python to use: $PYTHON when given, else the first of these that is 3.11 or newer.
find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  die "Python 3.11 or newer is needed and was not found (looked for: ${PYTHON:-python3 and python3.11 to 3.14})." \
    "Install it, or name it: make setup PYTHON=/path/to/python3"
}

# Print those of the given Debian packages whose test says that they are missing. Arguments: package:test ...
missing_packages() {
  local pair
  for pair in "$@"; do
    bash -c "${pair#*:}" >/dev/null 2>&1 || printf '%s\n' "${pair%%:*}"
  done
}

# Install Debian packages as root; otherwise print the line to type. Status 1 when something is still missing.
install_packages() {
  (($#)) || return 0
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    say "installing Debian packages: $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  else
    say "missing: $*. Type: sudo apt-get install --no-install-recommends $*"
    return 1
  fi
}
