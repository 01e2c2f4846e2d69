#!/usr/bin/env bash
# Installs what the tests need, builds them and runs them.
# Usage: tests/run.sh [PRESET ...]      default: dev; others: asan-ubsan, tsan
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$root/harness/setup/packages.sh" build test
for preset in "${@:-dev}"; do
  "$root/harness/setup/build.sh" "$preset"
  echo "== testing: $preset"
  (cd "$root" && ctest --preset "$preset" -j"$(nproc)")
done
