#!/bin/sh
# Installs the wheel in dist/ into an environment of its own, which borrows its libraries from another one:
#   tools/install_wheel.sh VENV WHEEL_VENV
# The checkout comes last on the path: tests, tools and benchmarks are found there, pmrehearse is not.
set -eu
libraries=$("$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
rm -rf "$2"
"$1/bin/python" -m venv --without-pip "$2"
own=$("$2/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n%s\n' "$libraries" "$(pwd)" >"$own/libraries-and-tests.pth"
"$1/bin/pip" --python "$2/bin/python" --disable-pip-version-check --quiet install --no-deps --no-index dist/*.whl
