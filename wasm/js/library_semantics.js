// SPDX-License-Identifier: MIT
// The semantic tree as real elements over the canvas, unseen: what a screen reader reads and Tab
// walks through. Styled through the style object alone, which the content security policy allows.
mergeInto(LibraryManager.library, {
  $VitrineSemantics__deps: ['$VitrinePage'],
  $VitrineSemantics: {
    root: null,
    elements: {},    // by semantic id
    touched: {},
    focused: 0,      // where both sides know the focus to be
    wanted: 0,       // where the engine has it
    building: false,
    // Of ui::Role, in its order. What can be pressed is a button, unless its role from here on is a
    // control's own.
    kFirstControl: 12,
    kTags: ['p', 'h2', 'button', 'div', 'div', 'div', 'div', 'div', 'p', 'p', 'div', 'div',
            'button', 'button', 'button', 'div', 'div', 'input', 'div', 'button'],
    kRoles: ['', '', '', 'img', 'group', 'group', 'group', 'dialog', 'status', 'alert', 'list', 'listitem',
             'radio', 'switch', 'checkbox', 'slider', 'spinbutton', '', 'progressbar', 'link'],
    kCarousel: 4,
    // Bits of flags_of (semantic_dom.cpp).
    kDisabled: 1, kSelected: 2, kFocused: 4, kActivatable: 8, kModal: 16, kUnreachable: 32, kChecked: 64,
    kExpanded: 256, kPolite: 1024, kAssertive: 2048, kRange: 4096, kSecret: 8192, kInvalid: 16384,
    kBusy: 32768,
    // Of app::Key from kFirstKey on. A list, because an object's keys are renamed by closure: emcc
    // writes it anew without quotes.
    kKeys: ['Enter', ' ', 'Escape', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
    kFirstKey: 2,
    kEscape: 2,  // place in the list; those before it are the browser's, unless they are switches

    start: function () {
      var root = VitrineSemantics.root = document.getElementById('semantics');
      root.addEventListener('click', function (event) {
        var id = event.target.closest('[data-id]');
        if (id) VitrinePage.tell(VitrinePage.kActivate, +id.getAttribute('data-id'));
      });
      root.addEventListener('focusin', function (event) {
        var seen = event.target.matches(':focus-visible');
        VitrineSemantics.tell_focus(+event.target.getAttribute('data-id'), seen);
      });
      root.addEventListener('focusout', function (event) {
        if (!root.contains(event.relatedTarget)) VitrineSemantics.tell_focus(0);
      });
      VitrineSemantics.watch_fields(root);
      document.addEventListener('keydown', function (event) {
        VitrineSemantics.hear_key(event, VitrinePage.kKey);
      });
      document.addEventListener('keyup', function (event) {
        if (Module['vitrine']['switches']) VitrineSemantics.hear_key(event, VitrinePage.kKeyUp);
      });
    },
    hear_key: function (event, kind) {
      var key = VitrineSemantics.kKeys.indexOf(event.key), own = VitrineSemantics.kEscape;
      var field = event.target.nodeName == 'INPUT';
      if (field && event.key == 'Enter') event.target.blur();
      if (key < 0 || (field ? key != own : key < own && !Module['vitrine']['switches'])) return;
      event.preventDefault();
      VitrinePage.tell(kind, VitrineSemantics.kFirstKey + key);
    },
    // Where the caret went, too: both are told by these two events, in some browsers by one alone.
    watch_fields: function (root) {
      var tell = function () {
        var field = document.activeElement;
        if (ABORT || field.nodeName != 'INPUT' || VitrineSemantics.building) return;
        var before = field.value.slice(0, field.selectionStart);
        var kept = stackSave();
        _vitrine_page_text(+field.getAttribute('data-id'), allocateUTF8OnStack(field.value), lengthBytesUTF8(before));
        stackRestore(kept);
      };
      root.addEventListener('input', tell);
      document.addEventListener('selectionchange', tell);
    },
    tell_focus: function (id, seen) {
      if (VitrineSemantics.building) return;
      VitrineSemantics.focused = id;
      VitrinePage.tell(seen ? VitrinePage.kFocus : VitrinePage.kFocusUnseen, id);
    },
    element: function (id, tag) {
      var element = VitrineSemantics.elements[id];
      if (element && element.nodeName.toLowerCase() == tag) return element;
      if (element) element.remove();
      element = VitrineSemantics.elements[id] = document.createElement(tag);
      element.setAttribute('data-id', id);
      if (tag == 'button') element.type = 'button';
      return element;
    },
    attribute: function (element, name, value) {
      if (value === null) element.removeAttribute(name);
      else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    },
    // Words that change by themselves are told only where the element was there before them.
    say: function (element, text, live) {
      var say = function () {
        if (element.textContent != text) element.textContent = text;
      };
      live ? setTimeout(say, 100) : say();
    },
    // The phone's own keyboard writes into it; what it holds is drawn by the engine. A secret is never
    // told by the engine, so the field keeps its own.
    fill: function (field, value, secret, length, most) {
      field.type = secret ? 'password' : 'text';
      field.autocomplete = 'off';
      field.enterKeyHint = 'done';
      field.maxLength = most;
      if (secret ? !length : field.value != value) field.value = value;
    },
    // `x`, `y` from the screen's corner; elements lie within their parents.
    place: function (element, parent, x, y, width, height) {
      var style = element.style;
      element.left = x;
      element.top = y;
      style.left = x - (parent.left || 0) + 'px';
      style.top = y - (parent.top || 0) + 'px';
      style.width = width + 'px';
      style.height = height + 'px';
    },
    // `next` of a parent is where its following child belongs, so that reading order is screen order.
    // Moving an element that has the focus would take it away.
    order: function (element, parent) {
      if (parent.next == element) {
        parent.next = element.nextSibling;
        return;
      }
      var active = document.activeElement, focused = element.contains(active);
      parent.insertBefore(element, parent.next);
      if (focused) active.focus({ 'preventScroll': true });
    },
  },

  vitrine_js_semantics_begin__deps: ['$VitrineSemantics'],
  vitrine_js_semantics_begin: function () {
    if (!VitrineSemantics.root) VitrineSemantics.start();
    VitrineSemantics.building = true;
    VitrineSemantics.touched = {};
    VitrineSemantics.wanted = 0;
    VitrineSemantics.root.next = VitrineSemantics.root.firstChild;
  },

  // `node`: 32-bit words {id, parent, role, flags, x, y, width, height, now, least, most, and pointer and
  // length of label, name, value, description}.
  vitrine_js_semantics_node__deps: ['$VitrineSemantics'],
  vitrine_js_semantics_node: function (node) {
    var at = node >> 2, id = HEAP32[at], role = HEAP32[at + 2], flags = HEAP32[at + 3];
    var has = function (bit) { return flags & bit; };
    var text = function (index) { return UTF8ToString(HEAP32[at + index], HEAP32[at + index + 1]); };
    var number = function (index) {
      return has(VitrineSemantics.kRange) && !is_field ? HEAPF32[at + index] + '' : null;
    };
    var yes = function (bit) { return has(bit) ? 'true' : null; };
    // Two bits: whether it can be, and whether it is.
    var either = function (bit) { return has(bit) ? has(2 * bit) ? 'true' : 'false' : null; };

    var activatable = has(VitrineSemantics.kActivatable), control = role >= VitrineSemantics.kFirstControl;
    var tag = activatable && !control ? 'button' : VitrineSemantics.kTags[role];
    var is_button = tag == 'button', is_field = tag == 'input', plain = tag != 'div' && !is_field;
    var label = text(11), value = text(15);
    var parent = VitrineSemantics.elements[HEAP32[at + 1]] || VitrineSemantics.root;
    var element = VitrineSemantics.element(id, tag);
    var set = function (name, value) { VitrineSemantics.attribute(element, name, value); };
    if (plain) {
      VitrineSemantics.say(element, label, has(VitrineSemantics.kPolite | VitrineSemantics.kAssertive));
    }
    set('aria-label', plain || !label ? null : label);
    if (is_field) {
      VitrineSemantics.fill(element, value, has(VitrineSemantics.kSecret), HEAPF32[at + 8], HEAPF32[at + 10]);
    }
    set('aria-description', text(17) || null);
    set('aria-valuetext', is_field ? null : value || null);
    set('aria-valuenow', number(8));
    set('aria-valuemin', number(9));
    set('aria-valuemax', number(10));
    set('role', is_button && !control ? null : VitrineSemantics.kRoles[role] || null);
    set('aria-roledescription', role == VitrineSemantics.kCarousel && !activatable ? 'carousel' : null);
    set('aria-live', has(VitrineSemantics.kAssertive) ? 'assertive' : has(VitrineSemantics.kPolite) ? 'polite' : null);
    set('aria-disabled', yes(VitrineSemantics.kDisabled));
    set('aria-invalid', yes(VitrineSemantics.kInvalid));
    set('aria-busy', yes(VitrineSemantics.kBusy));
    set('aria-modal', yes(VitrineSemantics.kModal));
    set('aria-expanded', either(VitrineSemantics.kExpanded));
    set('aria-checked', control ? either(VitrineSemantics.kChecked) : null);
    set('aria-pressed', control ? null : either(VitrineSemantics.kChecked) ||
        (activatable && yes(VitrineSemantics.kSelected)) || null);
    var tabbable = is_button || is_field;
    set('tabindex', activatable ? tabbable ? null : '0' : tabbable ? '-1' : null);
    set('inert', has(VitrineSemantics.kUnreachable) ? '' : null);
    set('data-name', text(13));
    VitrineSemantics.place(element, parent, HEAPF32[at + 4], HEAPF32[at + 5], HEAPF32[at + 6], HEAPF32[at + 7]);
    VitrineSemantics.order(element, parent);
    element.next = element.firstChild;
    VitrineSemantics.touched[id] = true;
    if (has(VitrineSemantics.kFocused)) VitrineSemantics.wanted = id;
  },

  vitrine_js_semantics_end__deps: ['$VitrineSemantics'],
  vitrine_js_semantics_end: function () {
    Object.keys(VitrineSemantics.elements).forEach(function (id) {
      if (VitrineSemantics.touched[id]) return;
      VitrineSemantics.elements[id].remove();
      delete VitrineSemantics.elements[id];
    });
    var wanted = VitrineSemantics.wanted;
    if (wanted != VitrineSemantics.focused) {
      VitrineSemantics.focused = wanted;
      if (wanted) VitrineSemantics.elements[wanted].focus({ 'preventScroll': true });
    }
    VitrineSemantics.building = false;
  },
});
