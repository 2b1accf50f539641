#!/usr/bin/env bash
# Part of action.yml: runs `gouji check` with what the workflow asks for. Outputs: `status`, `sarif`. What is asked for comes in
# variables and is never read as shell. Must run in bash 3.2, which is what macOS has.
set -euo pipefail

sarif="${INPUT_SARIF:-$RUNNER_TEMP/gouji.sarif}"
case "$sarif" in
  *$'\n'*)
    echo '::error title=gouji::sarif 只能是一个文件名 / sarif is one file'
    exit 2
    ;;
esac

arguments=(check --no-progress --output github --output "sarif=$sarif")
if [ -n "$INPUT_LANG" ]; then arguments+=("--lang=$INPUT_LANG"); fi
if [ -n "$INPUT_FAIL_ON" ]; then arguments+=("--fail-on=$INPUT_FAIL_ON"); fi
if [ -n "$INPUT_ORGANS" ]; then arguments+=("--organs=$INPUT_ORGANS"); fi
if [ -n "$INPUT_BASELINE" ]; then arguments+=("--baseline=$INPUT_BASELINE"); fi
if [ -n "$INPUT_WAIVERS" ]; then arguments+=("--waivers=$INPUT_WAIVERS"); fi
# `read` takes away the blanks around a line.
while read -r line; do
  if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"$INPUT_ARGUMENTS"
arguments+=(--)
while read -r line; do
  if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"$INPUT_PATHS"

status=0
"$GOUJI" "${arguments[@]}" || status=$?
printf 'status=%s\n' "$status" >>"$GITHUB_OUTPUT"
# With another status nothing was written, and what lies there is not ours.
case "$status" in
  0 | 1 | 3 | 130)
    if [ -s "$sarif" ]; then
      printf 'sarif=%s\n' "$sarif" >>"$GITHUB_OUTPUT"
    fi
    ;;
esac
exit "$status"
