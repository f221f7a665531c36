// The list of adapters: a local static, since each adapter adds itself before main().
#include "../adapter.hpp"

namespace fuzz {

std::vector<adapter>& adapters() {
  static std::vector<adapter> list;
  return list;
}

}  // namespace fuzz
