// The source of Boost.JSON, for programs that use it as headers alone.
#include <boost/json/src.hpp>
