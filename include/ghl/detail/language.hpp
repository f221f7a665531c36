/// Stops the compiler where the language is too old. Each header that a user includes includes this one first: one
/// error then stands in place of hundreds. (What no compiler goes on after is a header that is not there.)
#pragma once

#if !defined(__cplusplus) || (defined(_MSVC_LANG) ? _MSVC_LANG < 202002L : __cplusplus < 202002L)
#include "ghl: this needs C++20, of g++ 11, clang 14 or newer; compile with -std=c++20"
#endif
