#!/usr/bin/env bash
# Installs the build, builds plugins against the installation alone, and runs them with the installed
# program. Usage: from_outside.sh BUILD_FOLDER THIS_FOLDER COMPILER SANITIZERS
set -euo pipefail
build=$1 here=$2 compiler=$3 sanitizers=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/home RAVINE_PLUGIN_PATH=

cmake --install "$build" --prefix "$work/prefix" >/dev/null
cmake -G Ninja -S "$here/plugin" -B "$work/plugin" -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="${sanitizers:+-fsanitize=$sanitizers}" >/dev/null
cmake --build "$work/plugin" >/dev/null

cd "$work"
prefix/bin/ravine run quick --problem 'quadratic kappa=100' --optimizer 'outside*' --plugin plugin/outside.so --plugin plugin/searching.so >table.txt 2>log.txt || {
  cat log.txt
  exit 1
}
for own in outside.sign outside.searching; do
  grep -q "^$own" table.txt || { echo "no row of the plugin's own, $own:"; cat table.txt; exit 1; }
done
prefix/bin/ravine list suites | grep -q '^standard' || { echo "the installed suites are not found"; exit 1; }
