# Sourced by every part: the form of a row, and what most parts need. See README.md.
set -eu -o pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/../.." && pwd)
built=$root/build/bench
mkdir -p "$built"

# row PART WHAT UNIT OURS OTHER-NAME OTHER RATIO GOAL VERDICT: one line for the driver; "-" where there is nothing
row() {
  local IFS=$'\t'
  printf '%s\n' "$*"
}

# compare PART WHAT UNIT OURS OTHER-NAME OTHER [GOAL]: ratio and verdict from two numbers; the goal is "<= NUMBER"
compare() {
  local ratio verdict="no goal" goal=${7:--}
  ratio=$(awk -v a="$4" -v b="$6" 'BEGIN {if (b == 0) print a == 0 ? "1.00" : "-"; else printf "%.2f", a / b}')
  if [ "$goal" != - ]; then
    verdict=$(awk -v a="$4" -v b="$6" -v g="${goal#<= }" 'BEGIN {print a <= b * g + 1e-9 ? "met" : "missed"}')
  fi
  row "$1" "$2" "$3" "$4" "$5" "$6" "$ratio" "$goal" "$verdict"
}

# lacks PART WHAT PACKAGE: the row of a part that cannot run here
lacks() { row "$1" "$2" - - "not measured: install $3" - - - "no goal"; }

has() { command -v "$1" > /dev/null 2>&1; }
has_header() {  # has_header COMPILER... -- HEADER
  local header=${!#}
  echo "#include <$header>" | "${@:1:$#-2}" -x c++ -fsyntax-only - 2> /dev/null
}

glaze_include=$root/build/dependencies/glaze/usr/include
gcc_flags=(-std=c++20 -I "$root/include" -I "$root/adapters")
glaze_flags=(-stdlib=libc++ -std=c++23 -isystem "$glaze_include" -I "$root/include" -I "$root/adapters")
has_glaze() { has clang++-19 && [ -d "$glaze_include/glaze" ]; }
