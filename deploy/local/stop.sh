#!/bin/sh
# Stops what start.sh started. Usage: stop.sh [PORT]
set -eu
port=${1:-4053}
here=$(cd "$(dirname "$0")" && pwd)
state=${ACTORCOMPUTE_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/actorcompute}/$port
# shellcheck source=deploy/local/processes.sh
. "$here/processes.sh"
[ -f "$state/pids" ] || { echo "no cluster was started on port $port" >&2; exit 1; }

# Workers before the seed, so that they leave in order: from the last line to the first.
sed -n '1!G;h;$p' "$state/pids" > "$state/pids.reverse"
while read -r pid started; do
  if is_ours "$pid" "$started"; then kill -TERM "$pid" 2> /dev/null || true; fi
done < "$state/pids.reverse"
while read -r pid started; do
  tries=100
  while is_ours "$pid" "$started" && [ "$tries" -gt 0 ]; do
    sleep 0.1
    tries=$((tries - 1))
  done
  if is_ours "$pid" "$started"; then kill -KILL "$pid" 2> /dev/null || true; fi
done < "$state/pids.reverse"
rm -f "$state/pids" "$state/pids.reverse"
echo "stopped"
