# Sourced by run and self_test: how the targets are built. Needs clang 19 with libFuzzer, libc++ and glaze.
set -eu -o pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
fuzz=$root/tests/fuzz
jobs=$(nproc 2> /dev/null || echo 2)
# Where it is built, and whose headers are used: self_test has its own of both.
out=${GHL_FUZZ_OUT:-$root/build/fuzz}
headers=${GHL_FUZZ_HEADERS:-$root}

core_targets=(headers retry_after prepare base_url)
read -ra json_adapters <<< "${GHL_FUZZ_ADAPTERS:-nlohmann rapidjson boost_json glaze}"
json_targets=(interpret "${json_adapters[@]/#/interpret_}" encode tolerant)
all_targets=("${core_targets[@]}" redaction "${json_targets[@]}")

compiler=clang++-19
sanitizers=address,undefined
mapfile -t warnings < <(grep -h ^- "$root/tests/warnings.txt" "$root/tests/warnings-clang.txt")
# glaze needs libc++ here: no older standard library can compile it.
flags=(-std=c++23 -stdlib=libc++ -D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_EXTENSIVE -O1 -g1
       "-fsanitize=fuzzer-no-link,$sanitizers" -fno-sanitize-recover=all
       "-fsanitize-ignorelist=$fuzz/foreign.ignore"
       "-I$headers/include" "-I$headers/adapters" -isystem "$root/build/dependencies/glaze/usr/include")

# is_fresh OBJECT: whether it is newer than all that it was made from
is_fresh() {
  local file
  [ -e "$1" ] && [ -e "$1.d" ] || return 1
  for file in "$fuzz/build.bash" $(sed 's/^[^:]*://; s/\\$//' "$1.d"); do
    if [ ! -e "$file" ] || [ "$file" -nt "$1" ]; then return 1; fi
  done
}

# compile SOURCE: to an object in $out, unless there is a fresh one
compile() {
  local object name own=("${warnings[@]}")
  name=$(basename "$1" .cpp)
  object=$out/$name.o
  [ "$name" != boost_json_source ] || own=(-w)
  if is_fresh "$object"; then return; fi
  "$compiler" "${flags[@]}" "${own[@]}" -MMD -MF "$object.d" -c "$1" -o "$object"
}

# link TARGET SOURCE...: to an executable in $out. libFuzzer is compiled for libstdc++; the two standard libraries live
# in different inline namespaces, so both fit into one program. clang takes -lstdc++ for -lc++, so the file is named.
link() {
  local objects=() source
  for source in "${@:2}"; do objects+=("$out/$(basename "$source" .cpp).o"); done
  "$compiler" -stdlib=libc++ "-fsanitize=fuzzer,$sanitizers" "${objects[@]}" \
    -Wl,--no-as-needed "$(g++ -print-file-name=libstdc++.so)" -o "$out/$1"
}

# sources_of TARGET: what it is made of, one a line
sources_of() {
  local adapters=("${json_adapters[@]}") adapter source=${1%%_*}
  case $1 in
    interpret_*) adapters=("${1#interpret_}") ;;
    interpret | encode | tolerant) ;;
    *) echo "$fuzz/$1.cpp"; return ;;
  esac
  echo "$fuzz/$source.cpp"
  echo "$fuzz/adapters/list.cpp"
  for adapter in "${adapters[@]}"; do
    echo "$fuzz/adapters/$adapter.cpp"
    [ "$adapter" != boost_json ] || echo "$root/tests/boost_json_source.cpp"
  done
}

# build TARGET...: the objects side by side, then the programs
build() {
  local target sources
  mkdir -p "$out"
  export compiler out fuzz
  # The slow ones first. Arrays are not exported, so each compilation is a shell that reads this file again.
  # shellcheck disable=SC2016
  for target in "$@"; do sources_of "$target"; done | sort -u |
    awk '/glaze|nlohmann|redaction/ {print; next} {rest = rest $0 "\n"} END {printf "%s", rest}' |
    xargs -d '\n' -P "${GHL_FUZZ_JOBS:-$jobs}" -I{} bash -c '. "$1/build.bash"; compile "$2"' - "$fuzz" {} || return 1
  for target in "$@"; do
    mapfile -t sources < <(sources_of "$target")
    link "$target" "${sources[@]}" || return 1
  done
}
