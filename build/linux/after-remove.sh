#!/bin/sh
# After removal, for .deb and .rpm alike. Upgrades bring everything again: nothing is taken away then.
set -e
case "$1" in
  upgrade | failed-upgrade | abort-install | abort-upgrade | disappear) exit 0 ;;
  # How rpm says that another version stays.
  [1-9]*) exit 0 ;;
esac

if [ -f /etc/apparmor.d/countersign ]; then
  if [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser >/dev/null 2>&1 && ! ischroot 2>/dev/null; then
    apparmor_parser --remove /etc/apparmor.d/countersign || true
  fi
  rm -f /etc/apparmor.d/countersign
fi
if command -v update-mime-database >/dev/null 2>&1 && [ -d /usr/share/mime/packages ]; then
  update-mime-database /usr/share/mime || true
fi
if command -v update-desktop-database >/dev/null 2>&1 && [ -d /usr/share/applications ]; then
  update-desktop-database -q /usr/share/applications || true
fi
if command -v gtk-update-icon-cache >/dev/null 2>&1 && [ -d /usr/share/icons/hicolor ]; then
  gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true
fi
