#!/usr/bin/env bash
# Makes the wheel in bindings/python/dist, and a fresh environment with the wheel and all that its tests need in
# bindings/python/.venv: bash bindings/python/build.sh [dev]
#
# With `dev` the wheel is compiled as `cargo test` compiles, which takes a tenth of the time; it is for trying, not for others.
# Where there is Java, the tests of gouji.spark have an environment of their own, .venv-spark: PySpark wants another pandas.
set -euo pipefail
cd "$(dirname "$0")"

profile=${1:-release}
python=${PYTHON:-python3}
# What makes the wheel is beside the environment that it is tried in, so that this has nothing but what a user would have.
tools=$PWD/../../target/python-tools
[ -x "$tools/bin/maturin" ] || "$python" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check 'maturin==1.16.0'

rm -rf dist
"$tools/bin/maturin" build --quiet --locked --profile "$profile" --interpreter "$python" --out dist

environment() {
  rm -rf "$1"
  "$python" -m venv "$1"
  "$1/bin/pip" install --quiet --disable-pip-version-check dist/gouji-*.whl -r "$2"
}
environment "$PWD/.venv" tests/requirements.txt
if command -v java >/dev/null; then environment "$PWD/.venv-spark" tests/spark/requirements.txt; fi
ls -l dist
