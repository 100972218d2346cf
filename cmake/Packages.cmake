# Two Debian packages by CPack: `./dev package`, or `cpack` in a build folder beside a built page. What they
# install, and what they need besides the libraries that dpkg-shlibdeps finds.

set(VITRINE_PAGE_DIR ${PROJECT_SOURCE_DIR}/build/wasm-release/page CACHE PATH "The page that is packed")
set(VITRINE_MAINTAINER "The Vitrine authors <root@localhost>" CACHE STRING "Who answers for the packages")

# What is only of a package lies in a component of its own, so that `cmake --install` of a component never
# writes into /etc.
include(CPackComponent)
foreach(part server kiosk)
  cpack_add_component_group(${part})
  cpack_add_component(${part} GROUP ${part})
  cpack_add_component(${part}_package GROUP ${part})
endforeach()

install(TARGETS vitrine-server vitrine COMPONENT server)
install(CODE "if(NOT EXISTS \"${VITRINE_PAGE_DIR}/index.html\")
  message(FATAL_ERROR \"${VITRINE_PAGE_DIR}: no page there; ./dev package builds it first\")
endif()" COMPONENT server)
install(DIRECTORY ${VITRINE_PAGE_DIR} DESTINATION share/vitrine COMPONENT server)
install(DIRECTORY assets/campaigns DESTINATION share/vitrine COMPONENT server)
install(FILES packaging/systemd/vitrine-server.service DESTINATION lib/systemd/system COMPONENT server)
# Both packages may be on one machine: no file may be in both.
install(TARGETS vitrine-looks COMPONENT kiosk)
install(DIRECTORY assets/campaigns DESTINATION share/vitrine-kiosk COMPONENT kiosk)
install(FILES packaging/nginx/vitrine.conf DESTINATION share/doc/vitrine-server COMPONENT server)
install(FILES packaging/cage/cage.conf DESTINATION share/doc/vitrine-kiosk COMPONENT kiosk)

install(FILES packaging/systemd/server.conf DESTINATION /etc/vitrine COMPONENT server_package)
install(FILES packaging/systemd/kiosk.env DESTINATION /etc/vitrine COMPONENT kiosk_package)
# Ours, and those of what is compiled in, as Debian or the source package words them.
foreach(part server kiosk)
  set(documents share/doc/vitrine-${part})
  install(FILES LICENSE DESTINATION ${documents} RENAME copyright COMPONENT ${part}_package)
  install(FILES CHANGELOG.md DESTINATION ${documents} COMPONENT ${part}_package)
  install(FILES /usr/share/doc/rapidjson-dev/copyright DESTINATION ${documents}/compiled-in
          RENAME rapidjson COMPONENT ${part}_package)
  install(FILES ${VITRINE_QR_SOURCE}/Readme.markdown DESTINATION ${documents}/compiled-in
          RENAME qr-code-generator COMPONENT ${part}_package)
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/.dev/sources/libsdl2/LICENSE.txt
        DESTINATION share/doc/vitrine-server/compiled-in RENAME sdl2 COMPONENT server_package)
install(FILES /usr/share/doc/libstb-dev/copyright DESTINATION share/doc/vitrine-kiosk/compiled-in
        RENAME stb COMPONENT kiosk_package)
install(FILES /usr/share/doc/fonts-noto-cjk/copyright DESTINATION share/doc/vitrine-kiosk/compiled-in
        RENAME fonts-noto-cjk COMPONENT kiosk_package)
if(TARGET vitrine_imgui)
  install(FILES ${VITRINE_IMGUI_SOURCE}/LICENSE.txt DESTINATION share/doc/vitrine-kiosk/compiled-in
          RENAME imgui COMPONENT kiosk_package)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL server server_package kiosk kiosk_package)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${VITRINE_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

# Loaded while it runs, so no library names them: libwebsockets' own loop for the server; EGL and a driver
# for the kiosk, its voice, letters that no built-in campaign has.
set(CPACK_DEBIAN_SERVER_PACKAGE_NAME vitrine-server)
set(CPACK_DEBIAN_SERVER_PACKAGE_SECTION net)
set(CPACK_DEBIAN_SERVER_DESCRIPTION "Vitrine: server for in-store screens and their page
 Serves the page, takes the interactions of kiosks and phones, keeps each exactly once.")
set(CPACK_DEBIAN_SERVER_PACKAGE_DEPENDS "libwebsockets-evlib-ev, passwd, init-system-helpers")
set(CPACK_DEBIAN_SERVER_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_DEBIAN_SERVER_PACKAGE_SUGGESTS "vitrine-kiosk, nginx-light")
set(CPACK_DEBIAN_KIOSK_PACKAGE_NAME vitrine-kiosk)
set(CPACK_DEBIAN_KIOSK_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_KIOSK_DESCRIPTION "Vitrine: in-store screen
 Draws a campaign on a portrait, landscape or small screen and records what is touched, offline too.")
set(CPACK_DEBIAN_KIOSK_PACKAGE_DEPENDS
    "libegl1, libgl1-mesa-dri, ca-certificates, passwd, init-system-helpers")
set(CPACK_DEBIAN_KIOSK_PACKAGE_RECOMMENDS "espeak-ng, fonts-noto-cjk")
set(CPACK_DEBIAN_KIOSK_PACKAGE_SUGGESTS "cage, xwayland, libpam-systemd, speech-dispatcher, vitrine-server")

# dpkg wants the scripts under these names.
foreach(part server kiosk)
  set(control ${PROJECT_BINARY_DIR}/debian/${part})
  string(TOUPPER ${part} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA ${control}/conffiles)
  foreach(script postinst prerm postrm)
    configure_file(packaging/debian/${part}.${script} ${control}/${script} COPYONLY
                   FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                   WORLD_READ WORLD_EXECUTE)
    list(APPEND CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA ${control}/${script})
  endforeach()
endforeach()
file(WRITE ${PROJECT_BINARY_DIR}/debian/server/conffiles "/etc/vitrine/server.conf\n")
file(WRITE ${PROJECT_BINARY_DIR}/debian/kiosk/conffiles "/etc/vitrine/kiosk.env\n")
include(CPack)
