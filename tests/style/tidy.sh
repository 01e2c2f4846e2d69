#!/usr/bin/env bash
# clang-tidy on the source files of a build. Usage: tidy.sh SOURCE_FOLDER BUILD_FOLDER [tests]
# With "tests" on those of the tests instead, which take as long again.
# A file whose preprocessed text was found clean before is not looked at again: the cache is
# BUILD_FOLDER/tidy, keyed by that text and the checks.
set -euo pipefail
export source_folder=$1 build_folder=$2
which=${3:-sources}
export cache=$build_folder/tidy
mkdir -p "$cache"

check_one() {
  local file=$1 command key
  command=$(python3 - "$build_folder/compile_commands.json" "$file" <<'PY'
import json, shlex, sys
for entry in json.load(open(sys.argv[1])):
    if entry["file"] == sys.argv[2]:
        words = shlex.split(entry["command"])
        words = words[1:] if "ccache" in words[0] else words
        out = words.index("-o")
        print(shlex.join(words[:out] + words[out + 2:] + ["-E"]))
        break
PY
  )
  key=$({ cat "$source_folder/.clang-tidy"; (cd "$build_folder" && eval "$command" 2>/dev/null | grep -v '^#'); cat "$file"; } | sha256sum | cut -d' ' -f1)
  [[ -e $cache/$key ]] && return 0
  clang-tidy --quiet -p "$build_folder" "$file" 2>/dev/null || {
    echo "clang-tidy: $file"
    return 1
  }
  touch "$cache/$key"
}
export -f check_one
python3 -c '
import json, sys
files = {e["file"] for e in json.load(open(sys.argv[1] + "/compile_commands.json"))}
for f in sorted(files):
    if not f.startswith(sys.argv[2]) or "/build/" in f or "/tests/misbehaving/" in f: continue
    if f.startswith(sys.argv[2] + "/tests/") == (sys.argv[3] == "tests"): print(f)
' "$build_folder" "$source_folder" "$which" |
  xargs -P "$(nproc)" -I{} bash -c 'check_one "$1"' _ {}
