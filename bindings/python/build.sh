#!/usr/bin/env bash
# Makes the wheel in bindings/python/dist, and a fresh environment with the wheel and all that its tests need in
# bindings/python/.venv: bash bindings/python/build.sh [dev]
#
# With `dev` the wheel is compiled as `cargo test` compiles, which takes a tenth of the time; it is for trying, not for others.
set -euo pipefail
cd "$(dirname "$0")"

profile=${1:-release}
python=${PYTHON:-python3}
venv=$PWD/.venv
# What makes the wheel is beside the environment that it is tried in, so that this has nothing but what a user would have.
tools=$PWD/../../target/python-tools
[ -x "$tools/bin/maturin" ] || "$python" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check 'maturin==1.16.0'

rm -rf dist
"$tools/bin/maturin" build --quiet --locked --profile "$profile" --interpreter "$python" --out dist

rm -rf "$venv"
"$python" -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check dist/gouji-*.whl -r tests/requirements.txt
ls -l dist
