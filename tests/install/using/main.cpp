// A program of a third party, which does not include ghl.
#include <exporting.hpp>

int main() { return version_in_use().empty() ? 1 : 0; }
