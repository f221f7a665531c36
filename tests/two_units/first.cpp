// Links only if nothing in a header is defined twice.
#include "everything.hpp"

int main() { return address_in_second_unit() == static_cast<const void*>(&ghl::library_version) ? 0 : 1; }
