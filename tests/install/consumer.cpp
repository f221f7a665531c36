// A program of someone else's.
#include "consumer.hpp"

int main() { return uses_ghl() ? 0 : 1; }
