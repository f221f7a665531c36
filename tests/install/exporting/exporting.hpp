// The header of somebody's library. Where its build says so, it is all of it.
#pragma once
#include <string>
std::string version_in_use();
