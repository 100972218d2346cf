// SPDX-License-Identifier: MIT
// The campaign's files, by fetch, relative to the campaign's address.
mergeInto(LibraryManager.library, {
  $VitrineAssets__deps: ['$VitrineResults', '$VitrineStatus'],
  $VitrineAssets: {
    // Stops reading as soon as it is too much, whatever Content-Length said.
    read: async function (response, limit) {
      var reader = response.body.getReader(), parts = [], size = 0;
      for (;;) {
        var part = await reader.read();
        if (part.done) break;
        size += part.value.length;
        if (size > limit) {
          reader.cancel();
          return null;
        }
        parts.push(part.value);
      }
      var all = new Uint8Array(size), at = 0;
      parts.forEach(function (bytes) {
        all.set(bytes, at);
        at += bytes.length;
      });
      return all;
    },
    // What a frame asks for is fetched after it: a dozen requests take as long as the frame itself.
    fetch: async function (path) {
      await new Promise(function (resolve) { setTimeout(resolve); });
      return fetch(Module['vitrine']['base'] + path);
    },
    load: async function (channel, ticket, path, limit) {
      var fail = function (status, why) {
        VitrineResults.push(channel, ticket, status, path + ': ' + why, null);
      };
      try {
        var early = Module['vitrine']['early'], asked = early[path];
        early[path] = null;
        var response = await (asked || VitrineAssets.fetch(path));
        if (response.status == 404) return fail(VitrineStatus.NotFound, 'the server has no such file');
        if (!response.ok) return fail(VitrineStatus.Unavailable, 'the server said ' + response.status);
        var bytes = await VitrineAssets.read(response, limit);
        if (!bytes) return fail(VitrineStatus.ResourceExhausted, 'larger than ' + limit + ' bytes');
        VitrineResults.push(channel, ticket, VitrineStatus.Ok, '', bytes);
      } catch (e) {
        fail(VitrineStatus.Unavailable, 'no network');
      }
    },
  },

  vitrine_js_asset_request__deps: ['$VitrineAssets'],
  vitrine_js_asset_request: function (channel, ticket, path, size, limit) {
    VitrineAssets.load(channel, ticket, UTF8ToString(path, size), limit);
  },
});
