#!/usr/bin/env bash
# Part of release.yml: packs the program that was built for a target with its papers, completions and man page, as
# dist/gouji-TARGET.tar.gz (.zip on Windows). `ci/package.sh x86_64-unknown-linux-musl`
set -euo pipefail
cd "$(dirname "$0")/.."

target="$1"
name="gouji-$target"
built="target/$target/release"

mkdir -p dist
cd dist
rm -rf "$name"
mkdir -p "$name/completions" "$name/man"
case "$target" in
  *-windows-*) program=gouji.exe ;;
  *) program=gouji ;;
esac
cp "../$built/$program" ../README.md ../CHANGELOG.md ../LICENSE-MIT ../LICENSE-APACHE "$name"
for shell in bash zsh fish powershell elvish; do
  "$name/$program" completions "$shell" >"$name/completions/gouji.$shell"
done
"$name/$program" man >"$name/man/gouji.1"
# What shows the program in the menu of a desktop; it goes to ~/.local/share/applications.
case "$target" in
  *-linux-*) cp ../ci/gouji.desktop "$name" ;;
esac

case "$target" in
  *-windows-*) 7z a -bso0 "$name.zip" "$name" ;;
  *) tar -czf "$name.tar.gz" "$name" ;;
esac
rm -rf "$name"
