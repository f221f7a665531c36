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
#include <cerrno>
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
#include <map>
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

// Macros of C that the headers leave out in C++ are not here: curses.h has functions of C++ for move, clear, erase,
// refresh, scroll, box and echo. What is a name of the standard library cannot be avoided: std::move.

// windows.h and what it includes
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define small char
#define hyper long
#define interface struct
#define near
#define far
#define pascal
#define cdecl
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define THIS void
#define DELETE (0x00010000L)
#define ERROR 0
#define NO_ERROR 0L
#define TRUE 1
#define FALSE 0
#define BOOL int
#define STRICT 1
#define IGNORE 0
#define INFINITE 0xFFFFFFFF
#define RELATIVE 2
#define ABSOLUTE 1
#define TRANSPARENT 1
#define OPAQUE 2
#define DOMAIN 1
#define OVERFLOW 3
#define UNDERFLOW 4
#define WAIT_TIMEOUT 258L
#define HOST_NOT_FOUND 11001L
#define TRY_AGAIN 11002L
#define NO_DATA 11004L
#define RGB(r, g, b) ((r) | ((g) << 8) | ((b) << 16))
#define Yield()
#define GetMessage GetMessageA
#define SendMessage SendMessageA
#define PostMessage PostMessageA
#define GetObject GetObjectA
#define GetCurrentTime() 0
#define CreateFile CreateFileA
#define DeleteFile DeleteFileA
#define CopyFile CopyFileA
#define FindText FindTextA
#define ReportEvent ReportEventA
#define UpdateResource UpdateResourceA
#define LoadString LoadStringA
#define DrawText DrawTextA

// method names that HTTP headers define
#define GET 1
#define POST 2
#define PUT 3
#define PATCH 4
#define HEAD 5
#define OPTIONS 6
#define CONNECT 7
#define TRACE 8

// sys/sysmacros.h, which old C libraries include from sys/types.h, and sys/param.h
#define major(device) ((device) >> 8)
#define minor(device) ((device) & 0xff)
#define howmany(x, y) (((x) + ((y) - 1)) / (y))
#define roundup(x, y) (howmany(x, y) * (y))

// complex.h
#define I (0)
#define complex _Complex

// X11/Xlib.h, X11/X.h
#define Bool int
#define Status int
#define None 0L
#define True 1
#define False 0
#define Success 0
#define Always 2
#define Above 0
#define Below 1
#define Complex 0
#define Convex 2
#define Unsorted 0
#define CurrentTime 0L
#define KeyPress 2
#define Expose 12

// curses.h and term.h, in C++ too
#define timeout(delay) wtimeout(0, delay)
#define lines cur_term->type.Numbers[2]
#define columns cur_term->type.Numbers[0]
#define tab cur_term->type.Strings[134]
#define bell cur_term->type.Strings[1]
#define newline cur_term->type.Strings[103]
#define buttons cur_term->type.Numbers[30]
#define tone cur_term->type.Strings[386]
#define pulse cur_term->type.Strings[384]
#define hangup cur_term->type.Strings[383]
#define OK (0)
#define ERR (-1)

// Qt
#define signals public
#define slots
#define emit
#define foreach(variable, container) for (variable : container)
#define forever for (;;)
#define Q_FOREACH(variable, container) foreach (variable, container)

// Unreal Engine
#define check(expression) ((void)(expression))
#define checkf(expression, ...) ((void)(expression))
#define verify(expression) ((void)(expression))
#define verifyf(expression, ...) ((void)(expression))
#define ensure(expression) (!!(expression))
#define TEXT(x) L##x
#define PI (3.1415926535897932f)
#define INDEX_NONE (-1)
#define FORCEINLINE inline
#define PURE_VIRTUAL(function, ...) {}

// AssertMacros.h and Objective-C of Apple; check and verify are there too
#define require(assertion, label) do { if (!(assertion)) goto label; } while (false)
#define require_action(assertion, label, action) do { if (!(assertion)) { action; goto label; } } while (false)
#define require_noerr(code, label) require((code) == 0, label)
#define check_noerr(code) check((code) == 0)
#define nil nullptr
#define Nil nullptr
#define YES true
#define NO false
#define TARGET_OS_MAC 0

// Arduino.h, and old compilers for small machines
#define abs(x) ((x) > 0 ? (x) : -(x))
#define round(x) ((x) >= 0 ? (long)((x) + 0.5) : (long)((x) - 0.5))
#define sq(x) ((x) * (x))
#define constrain(amount, low, high) ((amount) < (low) ? (low) : ((amount) > (high) ? (high) : (amount)))
#define bit(b) (1UL << (b))
#define F(text) (text)
#define B0 0
#define B1 1
#define B10 2
#define HIGH 0x1
#define LOW 0x0
#define INPUT 0x0
#define OUTPUT 0x1
#define SERIAL 0x0
#define DISPLAY 0x1
#define DEFAULT 1
#define EXTERNAL 0
#define DEC 10
#define HEX 16
#define word(...) makeWord(__VA_ARGS__)  // `boolean` is a type there, which hits no member

// what many codebases define for themselves
#define unused __attribute__((unused))
#define expect(expression, value) __builtin_expect(expression, value)
#define likely(expression) __builtin_expect(!!(expression), 1)
#define unlikely(expression) __builtin_expect(!!(expression), 0)
#define countof(array) (sizeof(array) / sizeof(*(array)))
#define container_of(pointer, type, member) ((type*)((char*)(pointer) - offsetof(type, member)))
#undef linux
#define linux 1
#undef unix
#define unix 1
#define LOG(level) level
#define DEBUG 1
#define INFO 2
#define WARNING 3
#define FATAL 4
