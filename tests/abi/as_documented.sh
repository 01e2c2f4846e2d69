#!/usr/bin/env bash
# Builds minimal.c by exactly the one line that its first comment gives, and looks at what it exports.
# Usage: as_documented.sh SOURCE INCLUDE WORK
#   SOURCE  minimal.c        INCLUDE  folder that holds ravine/plugin.h        WORK  scratch folder
set -euo pipefail
source=$1 include=$2 work=$3

line=$(sed -n 's/^ \* *\(cc .*\)$/\1/p' "$source")
[[ $(wc -l <<<"$line") -eq 1 && $line == *'<include>'* ]] || {
  echo "no single line 'cc ... -I<include> ...' in the first comment of $source: '$line'" >&2
  exit 1
}
rm -rf "$work" && mkdir -p "$work" && cp "$source" "$work" && cd "$work"
ln -s "$include" include_folder # a path without blanks, whatever the tree's
eval "${line//<include>/include_folder}"
exports=$(nm -D --defined-only minimal.so | awk '{print $NF}')
[[ $exports == ravine_plugin_v1 ]] || {
  echo "minimal.so exports: $exports" >&2
  exit 1
}
