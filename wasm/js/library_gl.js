// SPDX-License-Identifier: MIT
// Of emscripten's GL the calls that answer more questions than engine/gfx asks: one program at a
// time, pictures of bytes, no pixel buffers, uniforms by their plain name. Everything else (names of
// objects, the context) is emscripten's own, of which these take the place.
mergeInto(LibraryManager.library, {
  // Uniforms' locations, by number, of every context there was: a dozen each. 0 is none, which WebGL
  // passes over as GL does -1.
  $VitrineGl: { locations: [null] },

  glCreateProgram: function () {
    var id = GL.getNewId(GL.programs);
    GL.programs[id] = GLctx.createProgram();
    return id;
  },
  glLinkProgram: function (program) { GLctx.linkProgram(GL.programs[program]); },
  glUseProgram: function (program) { GLctx.useProgram(GL.programs[program]); },
  // Asked for GL_COMPILE_STATUS and GL_LINK_STATUS alone.
  glGetShaderiv: function (shader, name, out) {
    HEAP32[out >> 2] = GLctx.getShaderParameter(GL.shaders[shader], name);
  },
  glGetProgramiv: function (program, name, out) {
    HEAP32[out >> 2] = GLctx.getProgramParameter(GL.programs[program], name);
  },
  glShaderSource: function (shader, count, sources) {
    GLctx.shaderSource(GL.shaders[shader], UTF8ToString(HEAP32[sources >> 2]));
  },

  // Of parameters that are one number.
  glGetIntegerv: function (name, out) { HEAP32[out >> 2] = GLctx.getParameter(name); },
  // Asked once a context; the bytes are never given back. Null where the context is lost.
  glGetString__deps: ['$stringToNewUTF8'],
  glGetString: function (name) {
    var words = GLctx.getParameter(name);
    return words && stringToNewUTF8(words);
  },

  glGetUniformLocation__deps: ['$VitrineGl'],
  glGetUniformLocation: function (program, name) {
    return VitrineGl.locations.push(
        GLctx.getUniformLocation(GL.programs[program], UTF8ToString(name))) - 1;
  },
  glUniform1f__deps: ['$VitrineGl'],
  glUniform1f: function (location, x) { GLctx.uniform1f(VitrineGl.locations[location], x); },
  glUniform2f__deps: ['$VitrineGl'],
  glUniform2f: function (location, x, y) { GLctx.uniform2f(VitrineGl.locations[location], x, y); },
  glUniform1iv__deps: ['$VitrineGl'],
  glUniform1iv: function (location, count, values) {
    GLctx.uniform1iv(VitrineGl.locations[location], HEAP32, values >> 2, count);
  },
  glUniform1fv__deps: ['$VitrineGl'],
  glUniform1fv: function (location, count, values) {
    GLctx.uniform1fv(VitrineGl.locations[location], HEAPF32, values >> 2, count);
  },
  glUniform3fv__deps: ['$VitrineGl'],
  glUniform3fv: function (location, count, values) {
    GLctx.uniform3fv(VitrineGl.locations[location], HEAPF32, values >> 2, count * 3);
  },
  glUniform4fv__deps: ['$VitrineGl'],
  glUniform4fv: function (location, count, values) {
    GLctx.uniform4fv(VitrineGl.locations[location], HEAPF32, values >> 2, count * 4);
  },

  glBindBuffer: function (target, buffer) { GLctx.bindBuffer(target, GL.buffers[buffer]); },
  glTexImage2D: function (target, level, storage, width, height, border, format, type) {
    GLctx.texImage2D(target, level, storage, width, height, border, format, type, null);
  },
  glTexSubImage2D: function (target, level, x, y, width, height, format, type, pixels) {
    GLctx.texSubImage2D(target, level, x, y, width, height, format, type, HEAPU8, pixels);
  },
  glReadPixels: function (x, y, width, height, format, type, pixels) {
    GLctx.readPixels(x, y, width, height, format, type, HEAPU8, pixels);
  },
});
