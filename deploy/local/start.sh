#!/usr/bin/env bash
# Starts a seed and workers as programs of their own, which stay until stop.sh. Usage: start.sh [WORKERS] [PORT]
set -euo pipefail
workers=${1:-2}
port=${2:-4053}
root=$(cd "$(dirname "$0")/../.." && pwd)
state=${ACTORCOMPUTE_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/actorcompute}/$port

case $workers$port in *[!0-9]*) echo "usage: $0 [WORKERS] [PORT]" >&2; exit 2 ;; esac
if [ -s "$state/pids" ]; then
  echo "a cluster is running on port $port (or ended badly); run $(dirname "$0")/stop.sh $port first" >&2
  exit 1
fi

dotnet build "$root/src/Cli" -c Release --nologo -v quiet -clp:NoSummary >&2
bin=$root/artifacts/bin
mkdir -p "$state"
: > "$state/pids"

start() { # name, program, arguments…
  local name=$1
  shift
  nohup "$@" > "$state/$name.log" 2>&1 < /dev/null &
  echo $! >> "$state/pids"
}

start seed "$bin/Seed/release/actorcompute-seed" --port "$port"
for _ in $(seq 100); do
  grep -q '^listening' "$state/seed.log" && break
  kill -0 "$(head -n 1 "$state/pids")" 2> /dev/null || { cat "$state/seed.log" >&2; rm -f "$state/pids"; exit 1; }
  sleep 0.1
done

for i in $(seq "$workers"); do
  start "worker-$i" "$bin/Worker/release/actorcompute-worker" --seed "127.0.0.1:$port" --slots 1 --name "$i"
done

echo "a seed on 127.0.0.1:$port and $workers workers; logs in $state"
echo "use it:  export ACTORCOMPUTE_CLUSTER=127.0.0.1:$port"
echo "stop it: $(dirname "$0")/stop.sh $port"
