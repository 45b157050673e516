#!/bin/sh
# For start.sh and stop.sh: the number of a process that has ended is given to another one, so a process is known by its number
# and by when it was started.

started_at() { # pid: one word; none when there is no such process
  if [ -r "/proc/$1/stat" ]; then
    # The name in brackets may hold anything. Behind it, the state is field 1 and the start, in ticks since the system's, field 20.
    awk '{ sub(/^.*\) /, ""); split($0, field, " "); if (field[1] != "Z") print field[20] }' "/proc/$1/stat" 2> /dev/null
  else
    ps -o lstart= -p "$1" 2> /dev/null | tr -s ' ' '_'
  fi
}

is_ours() { # pid, started: whether that process lives
  [ -n "$2" ] && [ "$(started_at "$1")" = "$2" ] && kill -0 "$1" 2> /dev/null
}
