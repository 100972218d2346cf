# libsodium's HMAC-SHA-256 for the page, from Debian's source package by a list of files: the rest of the
# library would cost more than the whole of a voucher. Gives the target vitrine_sodium.

vitrine_source_package(VITRINE_SODIUM libsodium src/libsodium/crypto_auth/hmacsha256/auth_hmacsha256.c gz)

set(sodium ${VITRINE_SODIUM_SOURCE}/src/libsodium)
# What these call and is not listed is answered in sodium_for_wasm/left_out.c.
add_library(vitrine_sodium STATIC
  ${sodium}/crypto_auth/hmacsha256/auth_hmacsha256.c
  ${sodium}/crypto_hash/sha256/cp/hash_sha256_cp.c
  ${CMAKE_CURRENT_LIST_DIR}/sodium_for_wasm/left_out.c)
target_include_directories(vitrine_sodium SYSTEM PUBLIC ${sodium}/include PRIVATE ${sodium}/include/sodium)
target_compile_definitions(vitrine_sodium PUBLIC SODIUM_STATIC)
target_compile_options(vitrine_sodium PRIVATE -w -Oz)
