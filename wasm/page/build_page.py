#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes both forms of the page from the linked engine.

  page/index.html              everything inlined: one request to the first frame
  page/split.html, assets/     engine as files named by their content, to be kept by browsers
                               (cut_engine.py: its parts in the order in which they come)
  page/assets/sounds.*.bin     what it sounds like, fetched after the first frame (pack_sounds.py)
  page/page.template           split.html with the campaign's words and colours still to be filled in
  page/assets/app.*.js         what makes an app of the page, fetched when all of the engine is here
  page/sw.js                   the service worker, for hosts that serve files
  page/worker.template         the same with the campaign's files still to be named
  page/worker_off.js           what takes the worker back
  page/manifest.webmanifest    what a home screen is told of the page that has its campaign built in
  page/icon-*.png              what it shows there, drawn from an SVG
  page/built_in.json           the campaign that index.html has in it
  page/404.html                where there is no campaign
  page/policy.txt              the Content-Security-Policy header for both
  page/headers.json            the same by file, with the caching rules

Words and colours of the first paint come from the campaign that is built in. Our server fills
page.template for every other one (server/page_template.cpp: to the same bytes as Words here).
"""

import argparse
import base64
import hashlib
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

import pack_sounds
import sort_code

HERE = pathlib.Path(__file__).resolve().parent
# Bytes that a script element's text cannot keep as they are, NUL, the carriage return and what begins a tag,
# and rare ones whose characters stand for them. The rare ones themselves go 256 code points up, where no
# character means anything to HTML. Brotli finds the same patterns as in the bytes, which base64 would hide.
STAND_INS = {0x00: "W", 0x0D: "Z", 0x3C: "U"}
# Bytes of the inlined engine's code that are read at a time.
PART = 65536
# Digits of the smallest coin where they are not two.
MINOR_DIGITS = {currency: int(digits) for currency, digits in re.findall(
    r"^MINOR_DIGITS\((\w+), (\d)\)$",
    (HERE.parents[1] / "engine/campaign/minor_digits.inc").read_text(encoding="utf-8"), re.MULTILINE)}
# Pixels; the first for iOS, the others are those that browsers ask a manifest for.
ICON_SIZES = (180, 192, 512)


def bytes_as_text(data):
    taken = frozenset(map(ord, STAND_INS.values()))
    return "".join(STAND_INS.get(b) or chr(b + 0x100 if b in taken else b) for b in data)


def digest(text):
    return "'sha256-%s'" % base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def content_name(stem, suffix, data):
    return "%s.%s%s" % (stem, hashlib.sha256(data).hexdigest()[:16], suffix)


def without_comments(text):
    """Whole-line comments only: nothing that could stand inside a string."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("//"))
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"


def script(values, *names, closure=None):
    """The page's own scripts in one, filled, then minified where there is a closure compiler."""
    text = "".join(without_comments((HERE / name).read_text(encoding="utf-8")) for name in names)
    if not closure:
        return fill(text, values)
    return subprocess.run([closure, "--compilation_level", "SIMPLE", "--language_in", "ECMASCRIPT_2018",
                           "--language_out", "NO_TRANSPILE", "--warning_level", "QUIET"],
                          input=fill(text, values), capture_output=True, check=True, text=True).stdout


def style():
    text = (HERE / "style.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def policy(scripts, styles, own_scripts):
    sources = (["'self'"] if own_scripts else []) + [digest(s) for s in scripts] + ["'wasm-unsafe-eval'"]
    return "; ".join([
        "default-src 'none'",
        "script-src " + " ".join(sources),
        "style-src " + " ".join(digest(s) for s in styles),
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ])


def element(tag, text, attributes=""):
    if "</" + tag in text.lower():
        sys.exit("build_page: a %s contains its own end" % tag)
    return "<%s%s>%s</%s>" % (tag, attributes, text, tag)


def amount_text(minor, currency):
    """As campaign::AmountText: digits after the point only where they are not all zero."""
    digits = MINOR_DIGITS.get(currency, 2)
    whole, rest = divmod(minor, 10 ** digits)
    return "%d.%0*d" % (whole, digits, rest) if rest else str(whole)


def with_prices(text, price):
    """As campaign::with_prices."""
    currency = price.get("currency", "")
    return (text.replace("{price}", amount_text(price["amount"], currency))
            .replace("{offer}", amount_text(price.get("offer", price["amount"]), currency)))


class Words:
    """What the page says before there is an engine, from the campaign's own texts and prices."""

    def __init__(self, campaign):
        self.campaign = campaign
        self.texts = campaign.get("texts", {})
        self.language = campaign.get("default_language", "zh")

    def product(self):
        """The first scene's, as Campaign::product_of."""
        products = self.campaign.get("products", [])
        start = [scene for scene in self.campaign.get("scenes", []) if scene["id"] == self.campaign.get("start")]
        named = start[0].get("parameters", {}).get("product") if start else None
        return next((product for product in products if product["id"] == named), products[0] if products else None)

    def text(self, key):
        words, product = self.texts.get(key, {}), self.product()
        if not product:
            return words
        return {language: with_prices(text, product["price"]) for language, text in words.items()}

    def color(self, token, fallback):
        """Without its transparency: this is what everything else lies on."""
        return self.campaign.get("theme", {}).get("colors", {}).get(token, fallback)[:7].lower()

    def both(self, value):
        """The default language's words, and all of them as attributes for boot.js."""
        if isinstance(value, str):
            value = {language: value for language in self.campaign.get("languages", [self.language])}
        shown = html.escape(value.get(self.language, ""))
        data = "".join(' data-%s="%s"' % (language, html.escape(words, quote=True))
                       for language, words in sorted(value.items()))
        return shown, data

    def fill(self):
        title, title_data = self.both(self.text("page.title"))
        offer, offer_data = self.both(self.text("page.offer"))
        brand, brand_data = self.both(self.campaign.get("brand", {}))
        return {
            "campaign": html.escape(self.campaign.get("id", ""), quote=True),
            "lang": self.language, "title": title or brand or "Vitrine", "title_data": title_data or brand_data,
            "offer": offer, "offer_data": offer_data, "brand": brand, "brand_data": brand_data,
            "background": self.color("paper", "#fffdfa"), "ink": self.color("ink", "#241014"),
            "accent": self.color("redInk", "#c4122f"), "glow": self.color("blushChip", "#f9ddd6"),
        }


def fill(template, values):
    return re.sub(r"\{\{(\w+)\}\}", lambda m: values.get(m.group(1), m.group(0)), template)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def compress(path):
    """Leaves path.br beside it for servers that send it; brotli's best takes seconds, so once here."""
    if shutil.which("brotli"):
        subprocess.run(["brotli", "-q", "11", "-f", "-o", "%s.br" % path, str(path)], check=True)


def pieces(wasm, script):
    return [element("script", bytes_as_text(piece), ' type="application/octet-stream"') + element("script", script)
            for piece in sort_code.pieces(wasm, PART)]


def inlined_script(names, closure=None):
    return script({
        **names,
        "streams": sort_code.STREAMS, "kinds": sort_code.KINDS, "natural": sort_code.NATURAL,
        "stand_ins": " ".join("%d=%d" % (ord(text), byte) for byte, text in STAND_INS.items())},
        "inlined.js", closure=closure)


def app_file(name):
    """Last in the page, and relative: beside a campaign's page our server has the files of the build too."""
    return ' async src="assets/%s"' % name


def inlined(template, values, engine, parts, boot, app, campaign):
    css = style()
    piece, end = "VitrineInlined.piece()", "VitrineInlined.end()"
    scripts = [boot, engine, piece, end]
    rules = policy(scripts, [css], own_scripts=True)
    body = [element("script", boot), element("script", engine)]
    if campaign:
        if "\r" in campaign or "\0" in campaign:
            sys.exit("build_page: a campaign to be built in has line ends of another kind or a NUL: its page would not "
                     "keep them")
        text = campaign.replace("&", "&amp;").replace("<", "&lt;")
        built_in = element("template", text, ' id="campaign"')
        body.insert(0, built_in)
    for part in parts:
        body += [*pieces(part, piece), element("script", end)]
    body.append(element("script", "", app_file(app)))
    page = fill(template, {**values, "policy": rules, "head": element("style", css), "body": "\n".join(body)})
    return page, scripts, css


def split(template, names, boot):
    """With the campaign's marks left open."""
    css = style()
    start = fill(without_comments((HERE / "split.js").read_text()), names)
    rules = policy([boot, start], [css], own_scripts=True)
    body = [element("script", boot), element("script", start), element("script", "", app_file(names["app"]))]
    page = fill(template, {"policy": rules, "head": element("style", css), "body": "\n".join(body)})
    return page, [boot, start], css


def manifest(campaign, background):
    """As server/page_manifest.cpp makes it of every campaign."""
    words = Words(campaign)
    text = lambda value: value if isinstance(value, str) else value.get(words.language, "")
    brand, title = text(campaign.get("brand", {})), text(words.text("page.title"))
    name, offer = title or brand or "Vitrine", text(words.text("page.offer"))
    icon = lambda size, purpose: {"src": "icon-%d.png" % size, "sizes": "%dx%d" % (size, size), "type": "image/png",
                                  "purpose": purpose}
    return json.dumps({
        "name": name, "short_name": brand or name, **({"description": offer} if offer else {}), "lang": words.language,
        "start_url": "./", "scope": "./", "display": "standalone",
        "theme_color": background, "background_color": background,
        "icons": [icon(192, "any"), icon(512, "any"), icon(512, "maskable")],
    }, ensure_ascii=False, separators=(",", ":"))


def draw_icons(drawing, out):
    if not shutil.which("rsvg-convert"):
        sys.exit("build_page: rsvg-convert draws the page's icons and is not here (apt-get install librsvg2-bin)")
    for size in ICON_SIZES:
        subprocess.run(["rsvg-convert", "--width", str(size), "--height", str(size), str(drawing),
                        "--output", str(out / ("icon-%d.png" % size))], check=True)


def worker(template, assets):
    """With the campaign's files left open. A byte of the page that changes makes it another one."""
    version = hashlib.sha256(template.encode()).hexdigest()[:12]
    return script({"assets": " ".join(assets), "version": version}, "worker.js")


def not_found():
    css = style()
    rules = policy([], [css], own_scripts=True)
    template = (HERE / "404.html").read_text(encoding="utf-8")
    return fill(template, {"policy": rules, "head": element("style", css)})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--js", required=True, type=pathlib.Path)
    parser.add_argument("--wasm", required=True, nargs="+", type=pathlib.Path, help="the engine's parts in their order")
    parser.add_argument("--campaign", type=pathlib.Path, help="campaign.json whose words are built in")
    parser.add_argument("--icon", type=pathlib.Path, help="the SVG of the page's icons; without it there are none")
    parser.add_argument("--sounds", type=pathlib.Path, help="folder of WAV files")
    parser.add_argument("--closure", help="a closure compiler; without it the page's own scripts are larger")
    parser.add_argument("--version", default="0")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    options = parser.parse_args()

    engine_js, parts = options.js.read_text(encoding="utf-8"), [path.read_bytes() for path in options.wasm]
    campaign = options.campaign.read_bytes().decode() if options.campaign else ""
    values = Words(json.loads(campaign or "{}")).fill()
    values["build"] = "%s-%s" % (options.version, hashlib.sha256(b"".join(parts) + engine_js.encode()).hexdigest()[:12])
    template = (HERE / "index.html").read_text(encoding="utf-8")
    sounds = pack_sounds.pack(options.sounds) if options.sounds else b""

    part_names = [content_name("vitrine", ".wasm", part) for part in parts]
    names = {"js": content_name("vitrine", ".js", engine_js.encode()),
             "parts": " ".join(part_names),
             "sounds": content_name("sounds", ".bin", sounds) if sounds else ""}
    app = script(names, "app.js", closure=options.closure)
    names["app"] = content_name("app", ".js", app.encode())
    boot = script(names, "parts.js", "boot.js", closure=options.closure)
    assets = options.out / "assets"
    for old in [path for stem in ("vitrine", "sounds", "app") for path in assets.glob(stem + ".*")]:
        old.unlink()
    write(assets / names["js"], engine_js)
    write(assets / names["app"], app)
    for name, part in zip(part_names, parts):
        (assets / name).write_bytes(part)
    if sounds:
        (assets / names["sounds"]).write_bytes(sounds)

    engine = engine_js + "\n" + inlined_script(names, options.closure)
    one, one_scripts, css = inlined(template, values, engine, parts, boot, names["app"], campaign)
    two, two_scripts, _ = split(template.replace("{{build}}", values["build"]), names, boot)
    write(options.out / "index.html", one)
    write(options.out / "split.html", fill(two, values))
    write(options.out / "page.template", two)
    write(options.out / "404.html", not_found())
    write(options.out / "built_in.json", campaign)
    if campaign:
        write(options.out / "manifest.webmanifest", manifest(json.loads(campaign), values["background"]))
    if options.icon:
        draw_icons(options.icon, options.out)

    files = sorted(part_names + [name for name in (names["js"], names["sounds"], names["app"]) if name])
    page_worker = worker(two, files)
    write(options.out / "worker.template", page_worker)
    write(options.out / "sw.js", fill(page_worker, {"files": "[]"}))
    write(options.out / "worker_off.js", script({}, "worker_off.js"))
    for path in [options.out / "index.html", options.out / "split.html"] + [assets / name for name in files]:
        compress(path)

    frame = "; frame-ancestors 'none'"
    write(options.out / "policy.txt",
          policy(sorted(set(one_scripts + two_scripts)), [css], own_scripts=True) + frame + "\n")
    fresh, for_ever = "no-cache", "public, max-age=31536000, immutable"
    write(options.out / "headers.json", json.dumps({
        "index.html": {"Content-Security-Policy": policy(one_scripts, [css], True) + frame,
                       "Cache-Control": fresh},
        "split.html": {"Content-Security-Policy": policy(two_scripts, [css], True) + frame,
                       "Cache-Control": fresh},
        "sw.js": {"Cache-Control": fresh},
        **{"assets/" + name: {"Cache-Control": for_ever} for name in files},
    }, indent=2) + "\n")


if __name__ == "__main__":
    main()
