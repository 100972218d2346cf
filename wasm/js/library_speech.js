// SPDX-License-Identifier: MIT
// Words by the browser's own voice. For those who asked to be read to on the page itself; a screen
// reader reads the hidden DOM and needs nothing of this.
mergeInto(LibraryManager.library, {
  $VitrineSpeech: {
    volume: 1,
    kept: null,  // some browsers forget what nobody holds before it was said
    // Voices come late: before they have, every language may be one. '' is any.
    voice: function (language) {
      var voices = window.speechSynthesis ? speechSynthesis.getVoices() : null;
      return voices && (!voices.length || voices.some(function (voice) {
        return voice.lang.toLowerCase().startsWith(language);
      }));
    },
  },

  vitrine_js_speech_available__deps: ['$VitrineSpeech'],
  vitrine_js_speech_available: function (language, size) {
    return VitrineSpeech.voice(UTF8ToString(language, size)) ? 1 : 0;
  },

  vitrine_js_speech_say__deps: ['$VitrineSpeech'],
  vitrine_js_speech_say: function (text, size, language, language_size) {
    var words = VitrineSpeech.kept = new SpeechSynthesisUtterance(UTF8ToString(text, size));
    words.lang = UTF8ToString(language, language_size);
    if (words.lang == 'zh') words.lang = 'zh-CN';
    words.volume = VitrineSpeech.volume;
    speechSynthesis.speak(words);
  },

  vitrine_js_speech_stop__deps: ['$VitrineSpeech'],
  vitrine_js_speech_stop: function () {
    VitrineSpeech.kept = null;
    if (window.speechSynthesis) speechSynthesis.cancel();
  },

  vitrine_js_speech_speaking: function () {
    return window.speechSynthesis && (speechSynthesis.speaking || speechSynthesis.pending) ? 1 : 0;
  },

  vitrine_js_speech_volume__deps: ['$VitrineSpeech'],
  vitrine_js_speech_volume: function (volume) {
    VitrineSpeech.volume = volume;
  },
});
