# Sourced by the parts that speak to a server on this machine, after rows.bash.
sources=$bench/loopback
out=$built/loopback
mkdir -p "$out"
optimized=(-O2 -DNDEBUG "${gcc_flags[@]}")

# build NAME COMPILER...: one program of this folder, once in a run of all parts; false where it does not compile
build() {
  local name=$1
  [ -n "${BENCH_RUN:-}" ] && [ -e "$out/$name.$BENCH_RUN" ] && return
  rm -f "$out/$name".*
  "${@:2}" -o "$out/$name" 1>&2 || return 1
  : > "$out/$name.${BENCH_RUN:-0}"
}

# program NAME: builds it; false where its library is not there or it does not compile
program() {
  local here=(g++ "${optimized[@]}" -I "$sources") compiled header_only
  case $1 in
    server | start) build "$1" "${here[@]}" "$sources/$1.cpp" ;;
    httplib-0.11)
      compiled=$(pkg-config --cflags --libs cpp-httplib 2> /dev/null) || return 1
      # shellcheck disable=SC2086  # flags, separated by blanks
      build "$1" "${here[@]}" "$sources/httplib.cpp" $compiled -lssl -lcrypto -pthread ;;
    httplib-header-only)
      header_only=$root/build/dependencies/httplib
      [ -e "$header_only/httplib.h" ] || return 1
      build "$1" "${here[@]}" -isystem "$header_only" "$sources/httplib.cpp" -pthread ;;
    curl)
      has_header g++ -- curl/curl.h || return 1
      build "$1" "${here[@]}" "$sources/curl.cpp" -lcurl ;;
    beast)
      has_header g++ -- boost/beast/http.hpp || return 1
      build "$1" "${here[@]}" "$sources/beast.cpp" -lssl -lcrypto -pthread ;;
    curl_nlohmann)
      has_header g++ -- curl/curl.h && has_header g++ -- nlohmann/json.hpp || return 1
      build "$1" "${here[@]}" "$sources/curl_nlohmann.cpp" -lcurl -pthread ;;
  esac
}
package_of() {
  case $1 in
    httplib-0.11) echo libcpp-httplib-dev ;;
    httplib-header-only) echo "cpp-httplib by tests/install-dependencies" ;;
    curl) echo libcurl4-openssl-dev ;;
    curl_nlohmann) echo "libcurl4-openssl-dev, nlohmann-json3-dev" ;;
    beast) echo "libboost1.81-dev, libssl-dev" ;;
  esac
}

# The server has the second processor for itself, the client the first one, where there are two.
client=() other=()
if has taskset && [ "$(nproc)" -gt 1 ]; then client=(taskset -c 0) other=(taskset -c 1); fi

# serve: starts the server; `port` says where it listens
serve() {
  program server
  exec 3< <(exec "${other[@]}" "$out/server")
  server=$!
  trap 'kill "$server"' EXIT
  read -r port <&3
}

# field NUMBER, of a line of tab-separated figures on standard input
field() { cut -f "$1"; }

# instructions COMMAND...: what callgrind counts
instructions() { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 > /dev/null | sed -n 's/.*Collected : //p'; }
