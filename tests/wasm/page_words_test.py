# SPDX-License-Identifier: MIT
"""The words that build_page.py puts into the page: with the campaign's prices, as the server fills them in."""

import json
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "wasm/page"))

import build_page  # noqa: E402


def sample(**price):
    campaign = json.loads((ROOT / "assets/campaigns/lip-popup/campaign.json").read_text(encoding="utf-8"))
    for product in campaign["products"]:
        product["price"].update(price)
    return campaign


class PageWords(unittest.TestCase):
    def test_amounts_are_written_as_the_engine_writes_them(self):
        for minor, currency, text in ((6800, "CNY", "68"), (6850, "CNY", "68.50"), (5, "CNY", "0.05"),
                                      (128000, "JPY", "128000"), (1299, "KWD", "1.299"), (0, "USD", "0"),
                                      (500000, "UGX", "500000"), (1299, "LYD", "1.299")):
            self.assertEqual(build_page.amount_text(minor, currency), text)

    def test_another_price_changes_title_first_paint_and_home_screen(self):
        campaign = sample(offer=450)
        words = build_page.Words(campaign).fill()
        self.assertEqual(words["title"], "68 元的口红，今天 4.50 元带走")
        self.assertIn("yours for ¥4.50 today", words["title_data"])
        self.assertIn("付 4.50 元", words["offer"])
        manifest = json.loads(build_page.manifest(campaign, "#ffffff"))
        self.assertEqual(manifest["name"], words["title"])
        self.assertIn("付 4.50 元", manifest["description"])

    def test_without_an_offer_the_price_is_what_is_to_be_paid(self):
        campaign = sample()
        for product in campaign["products"]:
            del product["price"]["offer"]
        self.assertEqual(build_page.Words(campaign).fill()["title"], "68 元的口红，今天 68 元带走")

    def test_the_first_scenes_product_is_meant_else_the_first(self):
        campaign = sample()
        campaign["products"][1]["price"]["offer"] = 100
        self.assertIn("今天 1 元", build_page.Words(campaign).fill()["title"])
        campaign["scenes"][0]["parameters"]["product"] = "gone"
        self.assertIn("今天 5 元", build_page.Words(campaign).fill()["title"])
        campaign["products"] = []
        self.assertIn("今天 {offer} 元", build_page.Words(campaign).fill()["title"])

    def test_what_a_campaign_says_is_never_markup(self):
        campaign = sample(offer=450)
        campaign["texts"]["page.title"] = {"zh": "<b>{offer}</b>\"'", "en": "</title>{offer}"}
        words = build_page.Words(campaign).fill()
        self.assertEqual(words["title"], "&lt;b&gt;4.50&lt;/b&gt;&quot;&#x27;")
        self.assertNotIn("</title>", words["title_data"])


if __name__ == "__main__":
    unittest.main()
