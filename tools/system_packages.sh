#!/bin/sh
# Installs the system packages that the program ("rehearse") or its tests ("test") need, or says exactly which.
set -eu
case "${1:-rehearse}" in
  rehearse) needed="libportaudio2" ;;
  test) needed="chromium libportaudio2 libasound2-plugins pulseaudio pulseaudio-utils espeak-ng ffmpeg sox strace tmux" ;;
  *) echo "usage: $0 rehearse|test" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
  if [ "${1:-rehearse}" = test ]; then
    echo "Not a Debian system: the tests need Chromium, PortAudio, PulseAudio, espeak-ng, ffmpeg, SoX, strace and tmux from its packages." >&2
  else
    echo "Not a Debian system: the microphone needs the PortAudio library (macOS and Windows have it in sounddevice)." >&2
  fi
  exit 0
fi

missing=""
for package in $needed; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then run=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run="sudo"
else
  echo "These packages are missing; install them and run the same command again:" >&2
  echo "  sudo apt-get install --no-install-recommends$missing" >&2
  exit 2
fi
echo "Installing:$missing"
$run apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends $missing >/dev/null
