#!/usr/bin/env bash
# Stops what start.sh started. Usage: stop.sh [PORT]
set -euo pipefail
port=${1:-4053}
state=${ACTORCOMPUTE_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/actorcompute}/$port
[ -f "$state/pids" ] || { echo "no cluster was started on port $port" >&2; exit 1; }

# Workers before the seed, so that they leave in order.
pids=$(tac "$state/pids")
for pid in $pids; do kill -TERM "$pid" 2> /dev/null || true; done
for pid in $pids; do
  for _ in $(seq 100); do
    kill -0 "$pid" 2> /dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2> /dev/null || true
done
rm -f "$state/pids"
echo "stopped"
