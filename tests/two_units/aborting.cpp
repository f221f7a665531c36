// A unit without exceptions: its value() of an error ends the program, and no other unit's does.
#include <ghl/value/result.hpp>

#if defined(__cpp_exceptions)
#error "this file is to be compiled without exceptions"
#endif

int value_without_exceptions(const ghl::result<int>& good);
int value_without_exceptions(const ghl::result<int>& good) { return good.value(); }
