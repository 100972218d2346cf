# The QR code generator, from Debian's source package, compiled the same way natively and for the page.
# Gives the target vitrine_qrcodegen.

set(VITRINE_QR_SOURCE ${PROJECT_SOURCE_DIR}/.dev/sources/qr-code-generator CACHE PATH
    "Unpacked sources of the QR code generator")

if(NOT EXISTS ${VITRINE_QR_SOURCE}/c/qrcodegen.c
   OR VITRINE_QR_SOURCE STREQUAL "${PROJECT_SOURCE_DIR}/.dev/sources/qr-code-generator")
  # Does nothing when what is there is what is pinned.
  execute_process(
    COMMAND ${PROJECT_SOURCE_DIR}/tools/fetch-source-package.sh
            qr-code-generator ${VITRINE_QR_VERSION} ${VITRINE_QR_SHA256}
    RESULT_VARIABLE qr_fetched)
  if(qr_fetched)
    message(FATAL_ERROR "The sources of the QR code generator could not be had (see above). Offline: put "
      "qr-code-generator_${VITRINE_QR_VERSION}.orig.tar.gz into a folder and name it in VITRINE_SOURCE_TARBALLS.")
  endif()
endif()

add_library(vitrine_qrcodegen STATIC ${VITRINE_QR_SOURCE}/c/qrcodegen.c)
target_include_directories(vitrine_qrcodegen SYSTEM PUBLIC ${VITRINE_QR_SOURCE}/c)
target_compile_options(vitrine_qrcodegen PRIVATE -w $<$<BOOL:${EMSCRIPTEN}>:-Oz>)
# Its self-checks are for those who change it; ours are in front of it.
target_compile_definitions(vitrine_qrcodegen PRIVATE NDEBUG)
