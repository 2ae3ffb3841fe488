#!/bin/bash
# Runs the README's two commands as they stand there, in the checkout around it, and says what it saw.
set -euo pipefail

cd "$(dirname "$0")/../.."
mapfile -t commands < <(sed -n 's/^\$ \(tools\/.*\)$/\1/p' README.md)
[ "${#commands[@]}" = 2 ] || { echo "error: README.md does not show two commands" >&2; exit 1; }

echo "Debian $(cat /etc/debian_version), kernel $(uname -r), $(python3 --version), user namespaces: $(cat /proc/sys/user/max_user_namespaces)"
echo "not there yet: $(for tool in g++ cmake ninja pip3 sudo; do command -v $tool >/dev/null || printf '%s ' $tool; done)"

for command in "${commands[@]}"; do
  echo
  echo "\$ $command"
  start=$SECONDS
  $command
  echo "[$((SECONDS - start)) s: $command]"
done

echo
echo "as an ordinary user:"
setpriv --reuid 12345 --regid 12345 --clear-groups env HOME=/nonexistent py_sandbox "print('Hello World')"
