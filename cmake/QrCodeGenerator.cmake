# The QR code generator, from Debian's source package, compiled the same way natively and for the page.
# Gives the target vitrine_qrcodegen.

vitrine_source_package(VITRINE_QR qr-code-generator c/qrcodegen.c gz)

add_library(vitrine_qrcodegen STATIC ${VITRINE_QR_SOURCE}/c/qrcodegen.c)
target_include_directories(vitrine_qrcodegen SYSTEM PUBLIC ${VITRINE_QR_SOURCE}/c)
target_compile_options(vitrine_qrcodegen PRIVATE -w $<$<BOOL:${EMSCRIPTEN}>:-Oz>)
# Its self-checks are for those who change it; ours are in front of it.
target_compile_definitions(vitrine_qrcodegen PRIVATE NDEBUG)
