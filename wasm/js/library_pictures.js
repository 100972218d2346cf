// SPDX-License-Identifier: MIT
// Pictures and drawings to premultiplied pixels, by the browser's own decoders. One at a time, so
// that a campaign full of drawings does not hold them all in memory at once.
mergeInto(LibraryManager.library, {
  $VitrinePictures__postset: 'VitrinePictures.last = Promise.resolve();',
  $VitrinePictures__deps: ['$VitrineResults', '$VitrineStatus'],
  $VitrinePictures: {
    kMaxSide: 4096,
    kDefinitions: ['defs', 'lineargradient', 'radialgradient', 'clippath', 'mask', 'pattern',
                   'symbol', 'style', 'title', 'desc', 'metadata'],
    kRefused: 'script, foreignObject, image, iframe, animate, set',
    last: null,
    parsed: [],  // of the last few documents: a drawing's groups are asked for one by one

    refusal: function (status, message) {
      return { refused: status, message: message };
    },
    enqueue: function (channel, ticket, work) {
      VitrinePictures.last = VitrinePictures.last.then(work).then(function (done) {
        VitrineResults.push(channel, ticket, VitrineStatus.Ok, '', done.pixels, done.numbers);
      }).catch(function (e) {
        var status = e.refused === undefined ? VitrineStatus.InvalidArgument : e.refused;
        VitrineResults.push(channel, ticket, status, String(e.message || e), null);
      });
    },

    draw: function (source, width, height) {
      var canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      var context = canvas.getContext('2d', { 'willReadFrequently': true });
      context.drawImage(source, 0, 0, width, height);
      return context;
    },
    premultiply: function (pixels) {
      for (var i = 0; i < pixels.length; i += 4) {
        var alpha = pixels[i + 3];
        if (alpha == 255) continue;
        pixels[i] = Math.round(pixels[i] * alpha / 255);
        pixels[i + 1] = Math.round(pixels[i + 1] * alpha / 255);
        pixels[i + 2] = Math.round(pixels[i + 2] * alpha / 255);
      }
      return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length);
    },
    check_size: function (width, height) {
      if (width > VitrinePictures.kMaxSide || height > VitrinePictures.kMaxSide) {
        throw VitrinePictures.refusal(VitrineStatus.ResourceExhausted,
            width + ' x ' + height + ' pixels; at most ' + VitrinePictures.kMaxSide + ' a side');
      }
    },

    decode: async function (bytes) {
      var bitmap = await createImageBitmap(new Blob([bytes]));
      var width = bitmap.width, height = bitmap.height;
      VitrinePictures.check_size(width, height);
      var context = VitrinePictures.draw(bitmap, width, height);
      bitmap.close();
      var pixels = context.getImageData(0, 0, width, height).data;
      return { pixels: VitrinePictures.premultiply(pixels), numbers: [width, height] };
    },

    parse: function (text) {
      for (var i = 0; i < VitrinePictures.parsed.length; i++) {
        if (VitrinePictures.parsed[i].text == text) return VitrinePictures.parsed[i].tree;
      }
      var tree = new DOMParser().parseFromString(text, 'image/svg+xml');
      var root = tree.documentElement;
      if (tree.getElementsByTagName('parsererror').length || root.nodeName != 'svg') {
        throw VitrinePictures.refusal(VitrineStatus.InvalidArgument, 'not SVG');
      }
      if (root.querySelector(VitrinePictures.kRefused)) {
        throw VitrinePictures.refusal(VitrineStatus.InvalidArgument,
            'has elements outside the subset (' + VitrinePictures.kRefused + ')');
      }
      VitrinePictures.parsed.unshift({ text: text, tree: tree });
      VitrinePictures.parsed.length = Math.min(VitrinePictures.parsed.length, 6);
      return tree;
    },
    // Takes away everything that is neither the group, nor around it, nor a definition.
    isolate: function (tree, group) {
      var node = tree.getElementById(group);
      if (!node) throw VitrinePictures.refusal(VitrineStatus.NotFound, 'no group "' + group + '"');
      for (; node.parentNode && node != tree.documentElement; node = node.parentNode) {
        Array.from(node.parentNode.children).forEach(function (other) {
          if (other == node) return;
          if (VitrinePictures.kDefinitions.indexOf(other.nodeName.toLowerCase()) < 0) other.remove();
        });
      }
    },
    view_box: function (root) {
      var box = (root.getAttribute('viewBox') || '').trim().split(/[\s,]+/).map(Number);
      if (box.length == 4 && box[2] > 0 && box[3] > 0) return box;
      return [0, 0, parseFloat(root.getAttribute('width')) || 1,
              parseFloat(root.getAttribute('height')) || 1];
    },
    // Of what is not fully transparent: {left, top, right, bottom} in pixels.
    ink: function (pixels, width, height) {
      var words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
      var left = width, top = -1, right = -1, bottom = -1;
      for (var y = 0, at = 0; y < height; y++) {
        for (var x = 0; x < width; x++, at++) {
          if (!words[at]) continue;
          if (top < 0) top = y;
          bottom = y;
          if (x < left) left = x;
          if (x > right) right = x;
        }
      }
      if (top < 0) return { left: 0, top: 0, right: 1, bottom: 1 };
      return { left: left, top: top, right: right + 1, bottom: bottom + 1 };
    },

    rasterize: async function (text, group, width, height, color) {
      var tree = VitrinePictures.parse(text).cloneNode(true), root = tree.documentElement;
      if (group) VitrinePictures.isolate(tree, group);
      var box = VitrinePictures.view_box(root);
      height = height || Math.max(1, Math.round(width * box[3] / box[2]));
      VitrinePictures.check_size(width, height);
      root.setAttribute('width', width);
      root.setAttribute('height', height);
      root.setAttribute('viewBox', box.join(' '));
      root.setAttribute('preserveAspectRatio', 'none');
      root.setAttribute('color', color);
      var image = new Image();
      image.src = 'data:image/svg+xml;charset=utf-8,' +
          encodeURIComponent(new XMLSerializer().serializeToString(tree));
      await image.decode();
      var context = VitrinePictures.draw(image, width, height);
      var part = { left: 0, top: 0, right: width, bottom: height };
      if (group) {
        part = VitrinePictures.ink(context.getImageData(0, 0, width, height).data, width, height);
      }
      var columns = part.right - part.left, rows = part.bottom - part.top;
      var pixels = context.getImageData(part.left, part.top, columns, rows).data;
      var unit_x = box[2] / width, unit_y = box[3] / height;
      return {
        pixels: VitrinePictures.premultiply(pixels),
        numbers: [columns, rows, box[0] + part.left * unit_x, box[1] + part.top * unit_y,
                  columns * unit_x, rows * unit_y].concat(box),
      };
    },
  },

  vitrine_js_picture_decode__deps: ['$VitrinePictures'],
  vitrine_js_picture_decode: function (channel, ticket, bytes, size) {
    var copy = HEAPU8.slice(bytes, bytes + size);
    VitrinePictures.enqueue(channel, ticket, function () {
      return VitrinePictures.decode(copy);
    });
  },

  vitrine_js_drawing_rasterize__deps: ['$VitrinePictures'],
  vitrine_js_drawing_rasterize: function (channel, ticket, text, text_size, group, group_size, width,
                                          height, red, green, blue) {
    var document_text = UTF8ToString(text, text_size), name = UTF8ToString(group, group_size);
    var color = 'rgb(' + red + ',' + green + ',' + blue + ')';
    VitrinePictures.enqueue(channel, ticket, function () {
      return VitrinePictures.rasterize(document_text, name, width, height, color);
    });
  },
});
