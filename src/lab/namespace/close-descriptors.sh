# Node hands on what its own caller left open. Beyond the standard three, the trace (3) and a host's files (4), nothing is ours.
for entry in /proc/self/fd/*; do
  number=${entry##*/}
  # The folder itself is among them, and closed by now.
  if [ "$number" -gt 4 ]; then { exec {number}>&-; } 2> /dev/null || true; fi
done
