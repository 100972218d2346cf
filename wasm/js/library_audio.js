// SPDX-License-Identifier: MIT
// The product's sounds by WebAudio. One file holds them all (page/pack_sounds.py), fetched when the
// first is asked for: after the first frame. A browser lets nothing be heard before its person did
// something, so the context is made and woken inside the DOM's own events.
mergeInto(LibraryManager.library, {
  $VitrineAudio: {
    // The numbers of AudioState.
    kRunning: 0, kLocked: 1, kSuspended: 2, kSilent: 3,
    context: null,
    names: [],     // by clip
    clips: {},     // AudioBuffer by name
    buses: [],     // gain nodes
    gains: [],     // what buses made later begin with
    voices: {},    // {source, gain} by number
    last: 0,
    asked: false,
    failed: false,
    suspended: false,

    wake: function () {
      var audio = VitrineAudio;
      if (audio.suspended || audio.failed) return;
      try {
        audio.context = audio.context || new AudioContext();
      } catch (e) {
        return;  // no device: asked again by the next touch
      }
      // Also after a call or another program took the device away.
      if (audio.context.state != 'running') audio.context.resume().catch(function () {});
    },
    // Text up to a line's end: {name: [samples, order]}. Then for each the high bytes, the low
    // bytes; 12 bits as differences of that order, the sign in the lowest bit.
    unpack: function (bytes) {
      var end = bytes.indexOf(10), at = end + 1;
      var index = JSON.parse(String.fromCharCode.apply(null, bytes.subarray(0, end)));
      for (var name in index) {
        var size = index[name][0], sums = [0, 0, 0];
        var buffer = new AudioBuffer({ 'length': size, 'sampleRate': 24000 });
        var values = buffer.getChannelData(0);
        for (var i = 0; i < size; i++) {
          var bits = bytes[at + i] << 8 | bytes[at + size + i], value = bits >> 1 ^ -(bits & 1);
          for (var k = 0; k < index[name][1]; k++) value = sums[k] += value;
          values[i] = value / 2048;
        }
        at += 2 * size;
        VitrineAudio.clips[name] = buffer;
      }
    },
    fetch: async function () {
      try {
        var page = Module['vitrine'];
        var response = await fetch(page['root'] + 'assets/' + page['sounds']);
        if (!response.ok) throw 0;
        VitrineAudio.unpack(new Uint8Array(await response.arrayBuffer()));
      } catch (e) {
        VitrineAudio.failed = true;
      }
    },
    bus: function (number) {
      var audio = VitrineAudio;
      if (!audio.buses[number]) {
        var node = audio.buses[number] = audio.context.createGain();
        if (number in audio.gains) node.gain.value = audio.gains[number];
        node.connect(audio.context.destination);
      }
      return audio.buses[number];
    },
  },

  vitrine_js_audio_load__deps: ['$VitrineAudio'],
  vitrine_js_audio_load: function (clip, name, size) {
    var audio = VitrineAudio;
    audio.names[clip] = UTF8ToString(name, size);
    if (audio.asked) return;
    audio.asked = true;
    ['pointerup', 'click', 'keydown'].forEach(function (event) {
      window.addEventListener(event, audio.wake, true);
    });
    if (Module['vitrine']['sounds'] && window.AudioContext) audio.fetch();
    else audio.failed = true;
  },

  // The number of the voice, 0 when nobody can hear it.
  vitrine_js_audio_play: function (clip, bus, gain, pan, rate, loop) {
    var audio = VitrineAudio, context = audio.context, buffer = audio.clips[audio.names[clip]];
    if (!buffer || !context || context.state != 'running') return 0;
    var source = context.createBufferSource(), node = context.createGain(), to = audio.bus(bus);
    var number = ++audio.last;
    if (pan && context.createStereoPanner) {
      var side = context.createStereoPanner();
      side.pan.value = pan;
      side.connect(to);
      to = side;
      gain *= Math.SQRT2;  // one channel in the middle is 3 dB lower there
    }
    source.buffer = buffer;
    source.playbackRate.value = rate;
    source.loop = !!loop;
    node.gain.value = gain;
    source.connect(node).connect(to);
    source.onended = function () { delete audio.voices[number]; };
    source.start();
    audio.voices[number] = { source: source, gain: node.gain };
    return number;
  },

  // 0: all of them.
  vitrine_js_audio_stop: function (number) {
    var audio = VitrineAudio;
    for (var each in audio.voices) {
      if (number && each != number) continue;
      var voice = audio.voices[each], now = audio.context.currentTime;
      voice.gain.setTargetAtTime(0, now, 0.004);
      voice.source.stop(now + 0.02);
      delete audio.voices[each];
    }
  },

  vitrine_js_audio_playing: function (number) {
    return number in VitrineAudio.voices ? 1 : 0;
  },

  vitrine_js_audio_bus_gain: function (bus, gain) {
    var audio = VitrineAudio;
    audio.gains[bus] = gain;
    if (audio.buses[bus]) {
      audio.buses[bus].gain.setTargetAtTime(gain, audio.context.currentTime, 0.005);
    }
  },

  vitrine_js_audio_suspend: function (suspended) {
    var audio = VitrineAudio;
    audio.suspended = !!suspended;
    if (!audio.context) return;
    (suspended ? audio.context.suspend() : audio.context.resume()).catch(function () {});
  },

  // Writes {AudioState, voices, clips that came, clips that will not come}.
  vitrine_js_audio_state: function (out) {
    var audio = VitrineAudio, state = audio.context ? audio.context.state : '';
    HEAP32[out >> 2] = audio.failed          ? audio.kSilent
                       : audio.suspended     ? audio.kSuspended
                       : state == 'running'  ? audio.kRunning
                                             : audio.kLocked;
    HEAP32[(out >> 2) + 1] = Object.keys(audio.voices).length;
    HEAP32[(out >> 2) + 2] = Object.keys(audio.clips).length;
    HEAP32[(out >> 2) + 3] = audio.failed ? audio.names.length : 0;
  },
});
