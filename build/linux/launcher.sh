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

# Chromium wants a folder to write to. Who has none (a service, a build) gets one for the moment.
home="${XDG_CONFIG_HOME:-$HOME/.config}"
if [ -n "$HOME" ] && mkdir -p "$home" 2>/dev/null && [ -w "$home" ]; then
  exec "$app" "$@"
fi
moment="$(mktemp -d)" || exit 1
trap 'rm -rf "$moment"' EXIT
trap : INT
XDG_CACHE_HOME="$moment" "$app" --user-data-dir="$moment" "$@"
