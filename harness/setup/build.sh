#!/usr/bin/env bash
# Configures and builds a preset of CMakePresets.json. Usage: build.sh PRESET
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
echo "== building: $1 (in build/$1)"
cmake --preset "$1" --log-level=WARNING
cmake --build --preset "$1"
