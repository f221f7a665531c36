// Words that headers of platforms and frameworks define as macros. A codebase that includes one of them before
// ghl must still compile, so ghl uses none of these words.

// Standard headers may use any of these words, and real programs include them first too: so the standard headers
// of the core come before the macros. tests/layout/agreement tells if one is missing here.
#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <compare>
#include <concepts>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>
#include <version>

#if defined(__GNUC__)  // and clang
#pragma GCC diagnostic ignored "-Wunused-macros"
#endif

// windows.h and what it includes
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define small char
#define interface struct
#define near
#define far
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define DELETE (0x00010000L)
#define ERROR 0
#define NO_ERROR 0L
#define TRUE 1
#define FALSE 0
#define STRICT 1
#define IGNORE 0
#define INFINITE 0xFFFFFFFF
#define GetMessage GetMessageA
#define SendMessage SendMessageA
#define GetObject GetObjectA

// method names that HTTP headers define
#define GET 1
#define POST 2
#define PUT 3
#define PATCH 4
#define HEAD 5

// sys/sysmacros.h, which old C libraries include from sys/types.h
#define major(device) ((device) >> 8)
#define minor(device) ((device) & 0xff)

// X11/Xlib.h
#define Bool int
#define Status int
#define None 0L
#define Success 0
#define Always 2

// Qt
#define signals public
#define slots
#define emit
