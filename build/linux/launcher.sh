#!/bin/sh
# The command line of Countersign. It runs inside of the installed app, without a window, a display or Node.js.
app=/opt/Countersign/countersign

# What follows `--` is ours: no switch of Chromium can be given from here.
set -- --ozone-platform=headless --disable-gpu --log-level=3 --run-command -- "$@"

# Chromium's sandbox is not for root, and is not switched off for it either. In a namespace where root has another
# number, files are still root's, and the sandbox holds.
if [ "$(id -u)" = 0 ]; then
  if ! unshare --user --map-user=65534 --map-group=65534 true 2>/dev/null; then
    echo 'countersign: cannot run as root here, because this system allows no user namespaces.' >&2
    echo '  Run it as an ordinary user. In a container, run it on Node.js: docs/cli.md says how.' >&2
    exit 1
  fi
  exec unshare --user --map-user=65534 --map-group=65534 "$app" "$@"
fi
exec "$app" "$@"
