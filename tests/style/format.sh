#!/usr/bin/env bash
# clang-format leaves every file as it is. Usage: format.sh SOURCE_FOLDER
set -euo pipefail
cd "$1"
find harness plugins problems results tests \( -name '*.[hc]' -o -name '*.?pp' \) -print0 |
  xargs -0 clang-format --dry-run --Werror
