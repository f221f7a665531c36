// Starts a program again and again: the median of the seconds from its start to its end, and the most memory that it
// took, in kB.
// Usage: start TIMES PROGRAM ARGUMENTS...
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <fcntl.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

extern char** environ;

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  std::vector<double> seconds;
  long memory = 0;
  for (int i = std::atoi(argv[1]); i > 0; --i) {
    pid_t child = 0;
    int status = 0;
    rusage used{};
    const auto before = std::chrono::steady_clock::now();
    if (posix_spawnp(&child, argv[2], &quiet, nullptr, argv + 2, environ) != 0) return 1;
    if (wait4(child, &status, 0, &used) != child || status != 0) return 1;
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count());
    memory = (std::max)(memory, used.ru_maxrss);
  }
  std::sort(seconds.begin(), seconds.end());
  std::printf("%.6f\t%ld\n", seconds[seconds.size() / 2], memory);
}
