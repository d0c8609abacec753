#!/bin/sh
# The head of an AppImage that is for trying. It unpacks the file into a folder of its own, where a real one mounts it.
set -eu
if ! command -v unsquashfs >/dev/null 2>&1; then
  echo 'countersign: this AppImage is for trying, and needs unsquashfs (package squashfs-tools) to unpack itself.' >&2
  exit 1
fi
APPIMAGE="$(readlink -f "$0")"
ARGV0="$0"
own="$(mktemp -d "${TMPDIR:-/tmp}/countersign-appimage-XXXXXX")"
trap 'rm -rf "$own"' EXIT
trap 'exit 1' HUP INT TERM
unsquashfs -quiet -no-progress -offset @SIZE@ -dest "$own/app" "$APPIMAGE" >/dev/null
APPDIR="$(cd "$own/app" && pwd -P)"
export APPIMAGE ARGV0 APPDIR
# What is exec'ed below holds the other end until it ends, however it ends.
mkfifo -m 600 "$own/alive"
(
  trap '' HUP INT TERM
  read -r _ <"$own/alive" || :
  rm -rf "$own"
) </dev/null >/dev/null 2>&1 &
exec 9>"$own/alive"
trap - EXIT HUP INT TERM
exec "$APPDIR/AppRun" "$@"
