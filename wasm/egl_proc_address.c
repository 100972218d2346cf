/* SPDX-License-Identifier: MIT
 * SDL asks for eglGetProcAddress, and emscripten's pulls in every function WebGL has (more than half
 * of the page's JavaScript). Everything here links GL directly, so there is nothing to look up. */
void* eglGetProcAddress(const char* name);
void* eglGetProcAddress(const char* name) {
  (void)name;
  return 0;
}
