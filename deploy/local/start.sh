#!/bin/sh
# Starts a seed and workers as programs of their own, which stay until stop.sh. Usage: start.sh [WORKERS] [PORT]
# With ACTORCOMPUTE_BIN=DIR the programs that were published there, else those of this repository, which are built first.
set -eu
workers=${1:-2}
port=${2:-4053}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
state=${ACTORCOMPUTE_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/actorcompute}/$port
# shellcheck source=deploy/local/processes.sh
. "$here/processes.sh"

case $workers$port in *[!0-9]*) echo "usage: $0 [WORKERS] [PORT]" >&2; exit 2 ;; esac
if [ -s "$state/pids" ]; then
  while read -r pid started; do
    if is_ours "$pid" "$started"; then
      echo "a cluster is running on port $port; run $here/stop.sh $port first" >&2
      exit 1
    fi
  done < "$state/pids"
fi

if [ -z "${ACTORCOMPUTE_BIN:-}" ]; then
  dotnet build "$root/src/Cli" -c Release --nologo -v quiet -clp:NoSummary >&2
  seed=$root/artifacts/bin/Seed/release/actorcompute-seed
  worker=$root/artifacts/bin/Worker/release/actorcompute-worker
else
  seed=$ACTORCOMPUTE_BIN/actorcompute-seed
  worker=$ACTORCOMPUTE_BIN/actorcompute-worker
fi
mkdir -p "$state"
: > "$state/pids"

start() { # log, program, arguments…
  log=$1
  shift
  nohup "$@" > "$log" 2>&1 < /dev/null &
  echo "$! $(started_at "$!")" >> "$state/pids"
}

start "$state/seed.log" "$seed" --port "$port"
read -r first started < "$state/pids"
tries=100
until grep -q '^listening' "$state/seed.log"; do
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ] || ! is_ours "$first" "$started"; then
    cat "$state/seed.log" >&2
    rm -f "$state/pids"
    exit 1
  fi
  sleep 0.1
done

i=1
while [ "$i" -le "$workers" ]; do
  start "$state/worker-$i.log" "$worker" --seed "127.0.0.1:$port" --slots 1 --name "$i"
  i=$((i + 1))
done

echo "a seed on 127.0.0.1:$port and $workers workers; logs in $state"
echo "use it:  export ACTORCOMPUTE_CLUSTER=127.0.0.1:$port"
echo "stop it: $here/stop.sh $port"
