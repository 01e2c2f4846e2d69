#!/usr/bin/env bash
# From a fresh checkout to a table: installs what is missing, builds a release, runs a suite.
# Usage: harness/try.sh [SUITE [OPTION ...]]      default: quick
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$root/harness/setup/packages.sh" build
"$root/harness/setup/build.sh" release
echo "== running: ravine run ${*:-quick}"
"$root/build/release/bin/ravine" run "${@:-quick}"
