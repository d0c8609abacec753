#!/bin/sh
# After unpacking, for .deb and .rpm alike.
set -e

# Chromium's helper for systems where ordinary users may not make namespaces.
chown root:root /opt/Countersign/chrome-sandbox
chmod 4755 /opt/Countersign/chrome-sandbox

if command -v update-mime-database >/dev/null 2>&1; then
  update-mime-database /usr/share/mime || true
fi
if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database -q /usr/share/applications || true
fi
if command -v gtk-update-icon-cache >/dev/null 2>&1; then
  gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true
fi

# Where AppArmor takes namespaces away from programs without a profile (Ubuntu since 23.10), the sandbox needs one.
# Older versions do not know this profile's form, and do not need it.
profile=/opt/Countersign/resources/apparmor-profile
if command -v apparmor_parser >/dev/null 2>&1 && [ -d /etc/apparmor.d ] &&
  apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
  cp -f "$profile" /etc/apparmor.d/countersign
  chmod 644 /etc/apparmor.d/countersign
  # A tree that is only being built has no running kernel of its own.
  if [ -d /sys/kernel/security/apparmor ] && ! ischroot 2>/dev/null; then
    apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/countersign || true
  fi
fi
