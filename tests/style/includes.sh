#!/usr/bin/env bash
# Who may include whom. Usage: includes.sh SOURCE_FOLDER. Prints each include that breaks a rule.
set -euo pipefail
cd "$1"
bad=0
complain() {
  echo "$1"
  bad=1
}

# may_not FOLDER PATTERN WHY [EXCEPT]: no file below FOLDER includes what matches PATTERN.
may_not() {
  local found
  found=$(grep -rnE "^#include [<\"]($2)" "$1" --include='*.[hc]' --include='*.?pp' | grep -vE "^(${4:-nothing})" || true)
  [[ -z $found ]] || complain "$3:"$'\n'"$found"
}
# only FILES PATTERN WHY: nobody but FILES (a pattern) includes what matches PATTERN.
only() {
  local found
  found=$(grep -rnE "^#include [<\"]($2)" harness plugins problems results --include='*.[hc]' --include='*.?pp' | grep -vE "^($1)" || true)
  [[ -z $found ]] || complain "$3:"$'\n'"$found"
}

may_not plugins/abi '[^s]|s[^t]' 'the contract includes nothing but stddef.h and stdint.h'
may_not plugins 'harness/|problems/|results/|tests/' 'a plugin sees the contract and the SDK only'
may_not problems 'harness/|plugins/|ravine/|results/|tests/' 'problems know neither the contract nor the harness'
may_not results 'harness/|plugins/|ravine/|problems/|tests/|Eigen' 'results know neither plugins nor problems nor the harness'
may_not harness 'plugins/|tests/' 'the harness sees plugins through the contract'
may_not harness 'ravine/sdk' 'the SDK is for plugins'
# The harness's layers, from the command line down.
may_not harness/cli 'ravine/plugin.h' 'commands work on PluginInfo' 'harness/cli/list.cpp'
may_not harness/measure 'harness/(cli|run)/' 'measuring knows no runs' 
may_not harness/plan 'harness/(cli|run|worker)/' 'a plan knows no processes'
may_not harness/plugin 'harness/(cli|run|worker|plan|suite)/' 'loading knows no plans'
may_not harness/process 'harness/(cli|run|worker|plan|plugin|suite|measure)/' 'processes know nothing above them'
may_not harness/suite 'harness/(cli|run|worker|plan|plugin|measure)/' 'a suite knows nothing above it'
may_not harness/schedule 'harness/(cli|run|worker|plan|suite|measure|process)/' 'a schedule is a function of the step'
may_not harness/average 'harness/(cli|run|worker|plan|suite|measure|process)/' 'an average is a function of the iterates'
may_not harness/worker 'harness/(cli|run)/' 'a worker knows no runs'
# Each library has its place.
only 'harness/plugin/loader.cpp' 'boost/(dll|filesystem|system)' 'Boost.DLL is for the loader'
only 'problems/regressions/margin_risk.cpp' 'boost/math' 'Boost.Math is for the risk of margin losses'
only 'harness/measure/step_benchmark.cpp' 'benchmark/' 'Google Benchmark is for timing steps'
only 'harness/suite/' 'toml' 'toml++ is for suites'
only 'harness/suite/expression.cpp' 'muParser' 'muParser is for expressions'
only 'harness/cli/' 'CLI/' 'CLI11 is for the command line'
only 'problems/data/gzip_file.cpp' 'zlib' 'zlib is for the file that is compressed'
only 'results/store/' 'sqlite3' 'SQLite is for the store'
only 'plugins/bridges/' 'nlopt' 'a bridged library is for its bridge'
# And stays out of public headers.
may_not . 'boost/|benchmark/|toml\+\+|sqlite3|nlohmann|muParser|zlib' 'no library type in a header' \
  '[^:]*\.c(pp)?:|\./build|\./harness/suite/(toml|parse_detail).hpp|\./results/store/|\./tests/'
exit $bad
