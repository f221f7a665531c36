# Finds the library behind each adapter. The build uses it, and it is installed beside ghlConfig.cmake, so that
# find_package(ghl COMPONENTS httplib) looks in the same places.

set(GHL_HTTPLIB_INCLUDE_DIR "" CACHE PATH "Directory of a header-only httplib.h; empty: look for an installed one")

# ghl_find_adapter_library(<httplib|glaze|nlohmann> <out>): sets <out> to the targets to link, or to "" where the
# library cannot be found or used.
macro(ghl_find_adapter_library adapter out)
  cmake_language(CALL "_ghl_find_${adapter}" "${out}")
endmacro()

function(_ghl_find_httplib out)
  # Global, because ghl::httplib is mostly linked from another directory than this one.
  set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
  set(${out} "" PARENT_SCOPE)
  find_package(Threads QUIET)
  if(NOT Threads_FOUND)
    return()
  endif()

  if(GHL_HTTPLIB_INCLUDE_DIR)
    find_package(OpenSSL REQUIRED)
    if(NOT EXISTS "${GHL_HTTPLIB_INCLUDE_DIR}/httplib.h")
      message(FATAL_ERROR "ghl: there is no httplib.h in GHL_HTTPLIB_INCLUDE_DIR (${GHL_HTTPLIB_INCLUDE_DIR})")
    endif()
    if(NOT TARGET ghl_httplib_header)
      add_library(ghl_httplib_header INTERFACE IMPORTED GLOBAL)
      target_include_directories(ghl_httplib_header INTERFACE "${GHL_HTTPLIB_INCLUDE_DIR}")
      target_compile_definitions(ghl_httplib_header INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT)
      target_link_libraries(ghl_httplib_header INTERFACE OpenSSL::SSL OpenSSL::Crypto)
    endif()
    set(${out} ghl_httplib_header Threads::Threads PARENT_SCOPE)
    return()
  endif()

  find_package(httplib CONFIG QUIET)
  if(TARGET httplib::httplib)
    set(${out} httplib::httplib Threads::Threads PARENT_SCOPE)
    return()
  endif()

  # Debian's package is a compiled one, and its -D flags change the layout of httplib's classes: the flags of
  # its .pc file have to be used with it.
  find_package(PkgConfig QUIET)
  if(PkgConfig_FOUND)
    pkg_check_modules(ghl_cpp_httplib QUIET IMPORTED_TARGET GLOBAL cpp-httplib)
    if(TARGET PkgConfig::ghl_cpp_httplib)
      set(${out} PkgConfig::ghl_cpp_httplib Threads::Threads PARENT_SCOPE)
    endif()
  endif()
endfunction()

function(_ghl_find_glaze out)
  set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
  set(${out} "" PARENT_SCOPE)
  find_package(glaze CONFIG QUIET)
  if(TARGET glaze::glaze)
    set(${out} glaze::glaze PARENT_SCOPE)
  endif()
endfunction()

function(_ghl_find_nlohmann out)
  set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
  set(${out} "" PARENT_SCOPE)
  find_package(nlohmann_json CONFIG QUIET)
  if(TARGET nlohmann_json::nlohmann_json)
    set(${out} nlohmann_json::nlohmann_json PARENT_SCOPE)
  endif()
endfunction()
