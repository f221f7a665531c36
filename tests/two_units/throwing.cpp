// A unit with exceptions, whose value() throws although another unit of the program was compiled without them.
#include <ghl/value/result.hpp>

#include <cstdio>

// Defined in aborting.cpp.
int value_without_exceptions(const ghl::result<int>& good);

int main() {
  const ghl::result<int> good = 7;
  const ghl::result<int> bad = ghl::invalid_request(ghl::fault::other, "n");
  if (value_without_exceptions(good) != good.value()) return 1;
  try {
    std::printf("value() of an error gave %d\n", bad.value());
    return 1;
  } catch (const ghl::bad_result_access& e) {
    return e.error().where == "n" ? 0 : 1;
  }
}
