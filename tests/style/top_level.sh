#!/usr/bin/env bash
# The top level is what it is, and no file grows beyond reading. Usage: top_level.sh SOURCE_FOLDER
set -euo pipefail
cd "$1"
bad=0
allowed=' CMakeLists.txt CMakePresets.json README.md build harness plugins problems results tests '
for entry in *; do
  [[ $allowed == *" $entry "* || $entry == *.db* ]] || { echo "not a place at the top level: $entry"; bad=1; }
done
[[ $(wc -l <CMakeLists.txt) -lt 100 ]] || { echo "the root CMakeLists.txt has 100 lines or more"; bad=1; }
while read -r lines file; do
  [[ $file == total || $lines -le 300 ]] && continue
  # A longer one says why in its first comment ("One file, ... because ...").
  head -n 15 "$file" | grep -qi 'one file' || { echo "$file: $lines lines, and its first comment gives no reason"; bad=1; }
done < <(find harness plugins problems results tests \( -name '*.[hc]' -o -name '*.?pp' \) -exec wc -l {} +)
exit $bad
