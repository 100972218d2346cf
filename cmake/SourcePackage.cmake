# vitrine_source_package(PREFIX PACKAGE FILE TARBALL [HINT])
#
# Sets PREFIX_SOURCE (a cache entry, which may name a folder of one's own) to where the sources of a Debian
# source package lie unpacked. Unless FILE lies in a folder of one's own they are fetched, as PREFIX_VERSION
# and PREFIX_SHA256 pin them. TARBALL: the end of its upstream tarball's name, "xz"; HINT: another way out.
function(vitrine_source_package PREFIX PACKAGE FILE TARBALL)
  set(fetched ${PROJECT_SOURCE_DIR}/.dev/sources/${PACKAGE})
  set(${PREFIX}_SOURCE ${fetched} CACHE PATH "Unpacked sources of ${PACKAGE}")
  set(source ${${PREFIX}_SOURCE})
  if(EXISTS ${source}/${FILE} AND NOT source STREQUAL fetched)
    return()
  endif()
  # Does nothing when what is there is what is pinned.
  execute_process(
    COMMAND ${PROJECT_SOURCE_DIR}/tools/fetch-source-package.sh
            ${PACKAGE} ${${PREFIX}_VERSION} ${${PREFIX}_SHA256}
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "The sources of ${PACKAGE} could not be had (see above). Offline: put "
      "${PACKAGE}_${${PREFIX}_VERSION}.orig.tar.${TARBALL} into a folder and name it in "
      "VITRINE_SOURCE_TARBALLS${ARGN}.")
  endif()
endfunction()
