# Sourced by the scripts of both servers. They set `account`, and `programs`, which finds the server's programs.

fail() { printf '%s\n' "$*" >&2; exit 1; }

# need PACKAGE WHAT: installs the distribution's package when there are no programs. The distribution must not start a service of its own.
need() {
  ! programs || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    fail "$2 is needed. On Debian or Ubuntu: sudo apt-get install --no-install-recommends $1. Elsewhere: start Docker or Podman, and then the AppHost again."
  fi
  mkdir -p /var/lib/dunnhumby
  (
    flock 8
    ! programs || exit 0
    echo "Installing the package $1, since it is missing."
    policy=/usr/sbin/policy-rc.d
    [ -e $policy ] || { trap 'rm -f $policy' EXIT && printf '#!/bin/sh\nexit 101\n' | install -m 755 /dev/stdin $policy; }
    apt-get -q -y -o DPkg::Lock::Timeout=300 update &&
      DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$1"
    [ ! -d /run/systemd/system ] || systemctl disable "$1" || true
  ) 8>/var/lib/dunnhumby/installation.lock || fail "The package $1 could not be installed: see above. Install it by hand, or start Docker or Podman."
  programs || fail "$2 is needed, and the package $1 does not have it."
}

# as PROGRAM…: in place of this shell, and as the server's account when root.
as() { [ "$(id -u)" != 0 ] || set -- setpriv --reuid="$account" --regid="$account" --init-groups -- "$@"; exec "$@"; }
own() { [ "$(id -u)" != 0 ] || chown "$account:$account" "$@"; }

# take DIRECTORY: makes it, private to the server's account, and holds its lock, which the server inherits: as long as one of its processes lives, no
# other starts here. Below a folder that the account cannot enter (a checkout in /root), it becomes a link. Sets `root`.
take() {
  mkdir -p "$(dirname "$1")"
  if [ ! -e "$1" ] && ! (as test -x "$(dirname "$1")"); then
    elsewhere=/var/lib/dunnhumby/$(printf %s "$1" | sha256sum | cut -c 1-16)
    install -d -m 711 /var/lib/dunnhumby
    mkdir -p "$elsewhere"
    ln -sfn "$elsewhere" "$1"
  fi
  mkdir -p "$1"
  root=$(readlink -f "$1")
  own "$root" && chmod 700 "$root"
  cd "$root"
  exec 9>lock
  flock -w 30 9 || fail "$root is in use by another server. Stop the application that runs on this data, or choose another DataDirectory."
}

# check_password PASSWORD: the server knows only the password that its data was made with.
check_password() {
  [ -s password ] || (umask 077 && salt=$(tr -dc A-Za-z0-9 </dev/urandom | head -c 16) && digest "$salt" "$1" >password)
  read -r salt known <password
  [ "$salt $known" = "$(digest "$salt" "$1")" ] || fail "The data in $root was made with another password. Give that password as" \
    "Parameters__${PASSWORD_PARAMETER:-password} (the AppHost keeps a generated one in its user secrets), or delete $root to start without data."
}
digest() { printf '%s %s\n' "$1" "$(printf %s "$1$2" | sha256sum | cut -d ' ' -f 1)"; }

# run SIGNAL PROGRAM…: the server, until it has ended. TERM and INT to this script become SIGNAL to the server; it returns its exit code.
run() {
  signal=$1 process='' stop=${stop:-} rc=0
  shift
  trap 'stop=yes && end' TERM INT
  (as "$@") & process=$!
  [ -z "$stop" ] || end
  wait $process || rc=$?
  [ -z "$stop" ] || { rc=0 && wait $process || rc=$?; }
  return $rc
}
# Again each second: a server that has only begun to start may lose a signal.
end() { tenths=0; while kill -0 $process; do [ $((tenths % 10)) != 0 ] || kill -"$signal" $process; sleep 0.1; tenths=$((tenths + 1)); done 2>/dev/null; }
