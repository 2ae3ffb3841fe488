#!/bin/bash
# From nothing: runs the README's two commands in a Debian 12 tree that has git and Python and no more.
#
#   sudo tests/install/bare_debian.sh [--worktree] [--keep] [DIR]
#
# The tree is made by debootstrap from this machine's own apt mirror, and entered by pivot_root in a mount
# namespace: in a chroot the kernel refuses to make user namespaces (user_namespaces(7)), which is what a
# jail needs. --worktree: the files as they are, instead of the last commit. --keep: leaves the tree in DIR.
# Takes some ten minutes and 2 GiB; a nightly test, not part of .ci/run.
set -euo pipefail

fail() { echo "error: $*" >&2; exit 1; }
say() { echo; echo "== $*"; }

worktree=no keep=no dir=
for argument; do
  case $argument in
    --worktree) worktree=yes ;;
    --keep) keep=yes ;;
    -*) fail "unknown option $argument" ;;
    *) dir=$argument ;;
  esac
done
[ "$(id -u)" = 0 ] || fail "run it as root: it makes a tree of system files and mounts it"
command -v debootstrap >/dev/null || fail "debootstrap is missing (apt-get install debootstrap)"
source_tree=$(cd "$(dirname "$0")/../.." && pwd)
dir=${dir:-$(mktemp -d /var/tmp/py_sandbox-bare.XXXXXX)}
root=$dir/root
here=$(realpath "$0")

mirror() {  # the first mirror that this machine takes bookworm from
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1
}

make_tree() {
  local url
  url=$(mirror)
  debootstrap --variant=minbase --include=git,python3,ca-certificates bookworm "$root" "${url:-http://deb.debian.org/debian}" \
    >"$dir/debootstrap.log" 2>&1 || { tail -n 20 "$dir/debootstrap.log" >&2; fail "debootstrap did not finish"; }
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # Only for a network whose proxy has a certificate of its own: pip inside trusts what this machine trusts.
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/host-ca.crt"
}

put_clone() {
  git -c safe.directory='*' clone --quiet --no-hardlinks "file://$source_tree" "$root/root/py_sandbox"
  if [ $worktree = yes ]; then
    git -c safe.directory='*' -C "$source_tree" ls-files -z --deleted |
      (cd "$root/root/py_sandbox" && xargs -0 --no-run-if-empty rm -f)
    (cd "$source_tree" && git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
      tar --create --null --files-from=- --ignore-failed-read 2>/dev/null) | tar --extract --directory "$root/root/py_sandbox"
  fi
}

# Runs as process 1 of its own pid and mount namespaces: everything it starts and mounts ends with it.
enter_tree() {
  mount --bind "$root" "$root"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mkdir -p "$root/.old"
  cd "$root"
  pivot_root . .old
  exec env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LC_ALL=C.UTF-8 PIP_CERT=/etc/host-ca.crt TMPDIR=/tmp \
    bash -c 'umount -l /.old && cd /root/py_sandbox && exec bash tests/install/two_commands.sh'
}

if [ "${PYSB_BARE_STEP:-}" = inside ]; then
  enter_tree
fi

say "a bare Debian 12 in $root"
mkdir -p "$dir"
[ -e "$root/etc/debian_version" ] || make_tree
rm -rf "$root/root/py_sandbox"
put_clone
status=0
PYSB_BARE_STEP=inside unshare --mount --pid --fork --kill-child --propagation private \
  bash "$here" "$dir" || status=$?
if [ $keep = yes ]; then
  echo "kept: $root"
else
  rm -rf --one-file-system "$dir"
fi
[ $status = 0 ] && say "the two commands pass from nothing" || fail "the two commands do not pass from nothing (status $status)"
