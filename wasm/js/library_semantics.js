// SPDX-License-Identifier: MIT
// The semantic tree as real elements over the canvas, unseen but for the focus ring: what a screen
// reader reads and Tab walks through. Styled through the style object alone, which the content
// security policy allows.
mergeInto(LibraryManager.library, {
  $VitrineSemantics__deps: ['$VitrinePage'],
  $VitrineSemantics: {
    root: null,
    elements: {},  // by semantic id
    touched: {},
    next: null,    // where the following element belongs, so that reading order is screen order
    // Of ui::Role: Text, Heading, Button, Image, Carousel, Card, Group.
    kTags: ['p', 'h2', 'button', 'div', 'div', 'div', 'div'],
    kRoles: ['', '', '', 'img', 'group', 'group', 'group'],
    kDisabled: 1, kSelected: 2, kFocused: 4, kActivatable: 8,
    kKeys: { 'Escape': 4, 'ArrowLeft': 5, 'ArrowRight': 6, 'ArrowUp': 7, 'ArrowDown': 8 },

    start: function () {
      var root = VitrineSemantics.root = document.getElementById('semantics');
      root.addEventListener('click', function (event) {
        var id = event.target.closest('[data-id]');
        if (id) VitrinePage.tell(VitrinePage.kActivate, +id.getAttribute('data-id'));
      });
      document.addEventListener('keydown', function (event) {
        var key = VitrineSemantics.kKeys[event.key];
        if (key === undefined) return;
        event.preventDefault();
        VitrinePage.tell(VitrinePage.kKey, key);
      });
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
    place: function (element, x, y, width, height) {
      var style = element.style;
      style.left = x + 'px';
      style.top = y + 'px';
      style.width = width + 'px';
      style.height = height + 'px';
    },
    // Moving an element that has the focus would take it away.
    order: function (element) {
      if (VitrineSemantics.next == element) {
        VitrineSemantics.next = element.nextSibling;
        return;
      }
      var focused = document.activeElement == element;
      VitrineSemantics.root.insertBefore(element, VitrineSemantics.next);
      if (focused) element.focus({ 'preventScroll': true });
    },
  },

  vitrine_js_semantics_begin__deps: ['$VitrineSemantics'],
  vitrine_js_semantics_begin: function () {
    if (!VitrineSemantics.root) VitrineSemantics.start();
    VitrineSemantics.touched = {};
    VitrineSemantics.next = VitrineSemantics.root.firstChild;
  },

  vitrine_js_semantics_node__deps: ['$VitrineSemantics'],
  vitrine_js_semantics_node: function (id, role, flags, label, label_size, name, name_size, x, y, width,
                                       height) {
    var activatable = flags & VitrineSemantics.kActivatable;
    var tag = activatable ? 'button' : VitrineSemantics.kTags[role];
    var element = VitrineSemantics.element(id, tag);
    var text = UTF8ToString(label, label_size), plain = tag != 'div';
    if (plain && element.textContent != text) element.textContent = text;
    var set = VitrineSemantics.attribute;
    set(element, 'aria-label', plain || !text ? null : text);
    set(element, 'role', plain ? null : VitrineSemantics.kRoles[role]);
    set(element, 'aria-roledescription', role == 4 && !activatable ? 'carousel' : null);
    set(element, 'aria-disabled', flags & VitrineSemantics.kDisabled ? 'true' : null);
    set(element, 'aria-pressed',
        activatable && flags & VitrineSemantics.kSelected ? 'true' : null);
    set(element, 'data-name', UTF8ToString(name, name_size));
    VitrineSemantics.place(element, x, y, width, height);
    VitrineSemantics.order(element);
    VitrineSemantics.touched[id] = true;
  },

  vitrine_js_semantics_end__deps: ['$VitrineSemantics'],
  vitrine_js_semantics_end: function () {
    Object.keys(VitrineSemantics.elements).forEach(function (id) {
      if (VitrineSemantics.touched[id]) return;
      VitrineSemantics.elements[id].remove();
      delete VitrineSemantics.elements[id];
    });
  },

  vitrine_js_semantics_language: function (language, size) {
    document.documentElement.lang = UTF8ToString(language, size);
  },
});
