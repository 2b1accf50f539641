#!/usr/bin/env bash
# Part of release.yml: prints what CHANGELOG.md says of the version of a tag, and fails where tag, Cargo.toml and CHANGELOG.md
# do not agree. `ci/release-notes.sh v0.1.0`
set -euo pipefail
cd "$(dirname "$0")/.."

tag="$1"
version="$(sed -n '/^\[package\]/,/^\[dependencies\]/s/^version = "\(.*\)"$/\1/p' Cargo.toml)"
if [ "$tag" != "v$version" ]; then
  echo "the tag is $tag, the version in Cargo.toml $version" >&2
  exit 1
fi

notes="$(awk -v heading="## [$version]" '
  index($0, "## [") == 1 { inside = index($0, heading) == 1; next }
  inside { print }
' CHANGELOG.md)"
if [ -z "${notes//[[:space:]]/}" ]; then
  echo "CHANGELOG.md says nothing of $version" >&2
  exit 1
fi
printf '%s\n' "$notes"
