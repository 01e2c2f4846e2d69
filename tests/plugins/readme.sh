#!/usr/bin/env bash
# Builds the C++ plugin of plugins/README.md by the line that stands below it, and looks for its entry.
# Usage: readme.sh PLUGINS WORK        PLUGINS  the folder plugins/        WORK  scratch folder
set -euo pipefail
plugins=$1 work=$2

rm -rf "$work" && mkdir -p "$work/include" && cd "$work"
cp -r "$plugins/abi/ravine" "$plugins/sdk/ravine" include # as an installation lays them out
awk '/^```/ { inside = ($0 == "```cpp"); next } inside' "$plugins/README.md" >my_opt.cpp
line=$(grep '^c++ ' "$plugins/README.md")
eval "${line//<include>/include}"
nm -D --defined-only my_opt.so | grep -q ' T ravine_plugin_v1$'
