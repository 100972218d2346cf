// SPDX-License-Identifier: MIT
// Letters by canvas 2D: the system's own fonts, so that nothing is downloaded and every script is
// shaped by the browser. One cluster at a time, drawn white on nothing; its alpha is the coverage.
mergeInto(LibraryManager.library, {
  $VitrineGlyphs: {
    canvas: null,
    context: null,
    font: 0,  // the one selected: its size, family and weight as one number
    drawn: null,  // the cluster drawn last, four bytes a pixel
    kMargin: 2,

    // A context that is read back often stays in memory: the first letters come in 48 ms, not 130.
    grow: function (width, height) {
      var canvas = VitrineGlyphs.canvas;
      if (!canvas) {
        canvas = VitrineGlyphs.canvas = document.createElement('canvas');
        canvas.width = canvas.height = 0;
      }
      if (canvas.width >= width && canvas.height >= height && VitrineGlyphs.context) return;
      canvas.width = Math.max(canvas.width, width, 128);
      canvas.height = Math.max(canvas.height, height, 128);
      VitrineGlyphs.context = canvas.getContext('2d', { 'willReadFrequently': true });
      VitrineGlyphs.font = 0;
    },
    select: function (family, weight, pixels) {
      VitrineGlyphs.grow(1, 1);
      var context = VitrineGlyphs.context, font = pixels * 4 + family * 2 + weight;
      if (VitrineGlyphs.font != font) {
        var faces = Module['vitrine']['fonts'], face = family ? faces['display'] : faces['text'];
        VitrineGlyphs.font = font;
        context.font = (weight ? face['bold'] : face['regular']) + ' ' + pixels + 'px ' + face['family'];
        context.textBaseline = 'alphabetic';
        context.fillStyle = '#fff';
        if ('fontKerning' in context) context['fontKerning'] = 'normal';
      }
      return context;
    },
  },

  // Writes {ascent, descent}.
  vitrine_js_font_metrics__deps: ['$VitrineGlyphs'],
  vitrine_js_font_metrics: function (family, weight, pixels, out) {
    // Of the first font that is there, whatever is asked.
    var metrics = VitrineGlyphs.select(family, weight, pixels).measureText('x');
    // By name: closure does not know these two, and would shorten them.
    var ascent = metrics['fontBoundingBoxAscent'], descent = metrics['fontBoundingBoxDescent'];
    HEAPF32[out >> 2] = ascent === undefined ? pixels * 0.88 : ascent;
    HEAPF32[(out >> 2) + 1] = descent === undefined ? pixels * 0.24 : descent;
  },

  vitrine_js_glyph_advance__deps: ['$VitrineGlyphs'],
  vitrine_js_glyph_advance: function (family, weight, pixels, text, size) {
    return VitrineGlyphs.select(family, weight, pixels).measureText(UTF8ToString(text, size)).width;
  },

  // Draws, keeps the picture, writes {width, height, left, top} and the advance as a float.
  vitrine_js_glyph_draw__deps: ['$VitrineGlyphs'],
  vitrine_js_glyph_draw: function (family, weight, pixels, text, size, out) {
    var cluster = UTF8ToString(text, size), margin = VitrineGlyphs.kMargin;
    var box = VitrineGlyphs.select(family, weight, pixels).measureText(cluster);
    var left = Math.floor(-box.actualBoundingBoxLeft) - margin;
    var top = Math.ceil(box.actualBoundingBoxAscent) + margin;
    var width = Math.ceil(box.actualBoundingBoxRight) + margin - left;
    var height = Math.ceil(box.actualBoundingBoxDescent) + margin + top;
    HEAPF32[(out >> 2) + 4] = box.width;
    if (!cluster.trim() || width <= 2 * margin || height <= 2 * margin) width = height = 0;
    if (width > 1024 || height > 1024) return 0;  // no page of the atlas holds it
    HEAP32[out >> 2] = width;
    HEAP32[(out >> 2) + 1] = height;
    HEAP32[(out >> 2) + 2] = left;
    HEAP32[(out >> 2) + 3] = top;
    VitrineGlyphs.drawn = null;
    if (!width) return 1;
    VitrineGlyphs.grow(width, height);
    var context = VitrineGlyphs.select(family, weight, pixels);
    context.clearRect(0, 0, width, height);
    context.fillText(cluster, -left, top);
    VitrineGlyphs.drawn = context.getImageData(0, 0, width, height).data;
    return 1;
  },

  // Four bytes a pixel: the engine reads them faster than a script that has just begun to run.
  vitrine_js_glyph_take__deps: ['$VitrineGlyphs'],
  vitrine_js_glyph_take: function (out) {
    HEAPU8.set(VitrineGlyphs.drawn, out);
    VitrineGlyphs.drawn = null;
  },
});
