#!/usr/bin/env bash
# Part of action.yml: fetches the release for this runner, holds it against the checksums of the release, and puts it on the
# path. Output: `gouji`, the command. Must run in bash 3.2, which is what macOS has.
set -euo pipefail

fail() {
  printf '::error title=gouji::%s\n' "$1"
  exit 2
}

# The files of a release are named after what they run on; see .github/workflows/release.yml.
target() {
  case "${RUNNER_OS:-}/${RUNNER_ARCH:-}" in
    Linux/X64) echo x86_64-unknown-linux-musl ;;
    Linux/ARM64) echo aarch64-unknown-linux-musl ;;
    macOS/X64) echo x86_64-apple-darwin ;;
    macOS/ARM64) echo aarch64-apple-darwin ;;
    Windows/X64) echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}

version_of_the_action() {
  sed -n '/^\[package\]/,/^\[dependencies\]/s/^version = "\(.*\)"$/\1/p' "$ACTION_PATH/Cargo.toml"
}

sha256() {
  if command -v sha256sum >/dev/null; then
    sha256sum "$1"
  else
    shasum -a 256 "$1"
  fi | cut -d ' ' -f 1
}

fetch() {
  curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --retry 3 --output "$2" "$1" ||
    fail "没有下载到 $1，请核对版本，或用 binary 指定已有的程序 / could not be downloaded"
}

if [ -n "$INPUT_BINARY" ]; then
  command -v "$INPUT_BINARY" >/dev/null || fail 'binary 指定的程序不存在或不能运行 / the binary is not there'
  "$INPUT_BINARY" --version
  printf 'gouji=%s\n' "$(command -v "$INPUT_BINARY")" >>"$GITHUB_OUTPUT"
  exit 0
fi

target="$(target)" ||
  fail "没有适用于 ${RUNNER_OS:-?} ${RUNNER_ARCH:-?} 的发布文件，请用 binary 指定已有的程序 / no release for this runner"
repository="${INPUT_REPOSITORY:-$ACTION_REPOSITORY}"
[[ "$repository" =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail 'repository 应写作 所有者/名称 / not owner/name'
version="${INPUT_VERSION:-$(version_of_the_action)}"
version="${version#v}"
[[ "$version" =~ ^(latest|[0-9]+\.[0-9]+\.[0-9]+([-+][A-Za-z0-9.-]+)?)$ ]] || fail 'version 应写作 0.1.0 或 latest / not a version'

releases="${GITHUB_SERVER_URL:-https://github.com}/$repository/releases"
case "$version" in
  latest) from="$releases/latest/download" ;;
  *) from="$releases/download/v$version" ;;
esac
case "$target" in
  *-windows-*) archive="gouji-$target.zip" ;;
  *) archive="gouji-$target.tar.gz" ;;
esac

# Names within the folder only: on Windows tar takes `D:` for a host.
folder="$RUNNER_TEMP/gouji-$version"
mkdir -p "$folder"
cd "$folder"
fetch "$from/SHA256SUMS" SHA256SUMS
fetch "$from/$archive" "$archive"
expected="$(awk -v file="$archive" '{ sub(/^\*/, "", $2) } $2 == file { print $1 }' SHA256SUMS)"
[ -n "$expected" ] || fail "SHA256SUMS 中没有 $archive / has no checksum"
[ "$(sha256 "$archive")" = "$expected" ] || fail "$archive 与 SHA256SUMS 不符，未使用 / does not match its checksum"

case "$archive" in
  *.zip) unzip -q -o "$archive" ;;
  *) tar -xzf "$archive" ;;
esac
bin="$PWD/gouji-$target"
"$bin/gouji" --version
printf 'gouji=%s\n' "$bin/gouji" >>"$GITHUB_OUTPUT"
if command -v cygpath >/dev/null; then
  bin="$(cygpath -w "$bin")"
fi
printf '%s\n' "$bin" >>"$GITHUB_PATH"
