// SPDX-License-Identifier: MIT
#include "server/http/security_headers.h"

namespace vitrine {

namespace {

constexpr SecurityHeader kNoSniff = {"X-Content-Type-Options", "nosniff"};
constexpr SecurityHeader kNoReferrer = {"Referrer-Policy", "no-referrer"};
constexpr SecurityHeader kSameOriginOpener = {"Cross-Origin-Opener-Policy", "same-origin"};
constexpr SecurityHeader kSameOriginResource = {"Cross-Origin-Resource-Policy", "same-origin"};
constexpr SecurityHeader kNoStore = {"Cache-Control", "no-store"};
constexpr SecurityHeader kNothing = {"Content-Security-Policy",
                                     "default-src 'none'; frame-ancestors 'none'; sandbox"};

// For a page in split form. An inlined page needs the hashes of its scripts, which only its build
// knows: it leaves a policy.txt beside index.html that replaces this value (static_files.h).
constexpr SecurityHeader kPagePolicy = {
    "Content-Security-Policy",
    "default-src 'self' data: blob:; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "connect-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"};
constexpr SecurityHeader kPagePermissions = {
    "Permissions-Policy",
    "camera=(), accelerometer=(self), gyroscope=(self), fullscreen=(self), web-share=(self), "
    "geolocation=(), microphone=(), payment=(), usb=(), serial=(), midi=()"};

// The one page that may ask for a camera. What it does with the picture stays on the device: it may
// fetch its own files and nothing else (wasm/labs; its build leaves a policy.txt, too).
constexpr SecurityHeader kLabPolicy = {
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src "
    "'self'; media-src blob:; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"};
constexpr SecurityHeader kLabPermissions = {
    "Permissions-Policy",
    "camera=(self), accelerometer=(), gyroscope=(), fullscreen=(), web-share=(), geolocation=(), "
    "microphone=(), payment=(), usb=(), serial=(), midi=()"};

// The live page's one script and one style are served beside it, so nothing inline is needed.
constexpr SecurityHeader kStaffPolicy = {
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"};
// A provider's pages are forms and a style of their own.
constexpr SecurityHeader kProviderPolicy = {
    "Content-Security-Policy",
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"};
constexpr SecurityHeader kNoPermissions = {
    "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"};

}  // namespace

const std::vector<SecurityHeader>& security_headers(RouteClass route) {
  static const std::vector<SecurityHeader> page = {
      kPagePolicy, kPagePermissions, kNoSniff, kNoReferrer, kSameOriginOpener, kSameOriginResource};
  static const std::vector<SecurityHeader> lab = {
      kLabPolicy, kLabPermissions, kNoSniff, kNoReferrer, kSameOriginOpener, kSameOriginResource};
  static const std::vector<SecurityHeader> asset = {kNoSniff, kSameOriginResource};
  // Drawings are SVG, a document type: opened on their own they must not run or load anything.
  static const std::vector<SecurityHeader> campaign = {kNothing, kNoSniff, kSameOriginResource};
  static const std::vector<SecurityHeader> api = {kNothing, kNoSniff, kNoReferrer,
                                                  kSameOriginResource, kNoStore};
  static const std::vector<SecurityHeader> staff = {
      kStaffPolicy,      kNoPermissions,      kNoSniff, kNoReferrer,
      kSameOriginOpener, kSameOriginResource, kNoStore};
  static const std::vector<SecurityHeader> provider = {
      kProviderPolicy,   kNoPermissions,      kNoSniff, kNoReferrer,
      kSameOriginOpener, kSameOriginResource, kNoStore};
  switch (route) {
    case RouteClass::Provider:
      return provider;
    case RouteClass::Page:
      return page;
    case RouteClass::Lab:
      return lab;
    case RouteClass::Asset:
      return asset;
    case RouteClass::Campaign:
      return campaign;
    case RouteClass::Staff:
      return staff;
    case RouteClass::Api:
    case RouteClass::Health:
    case RouteClass::Error:
      return api;
  }
  return api;
}

std::string_view route_class_name(RouteClass route) {
  switch (route) {
    case RouteClass::Page:
      return "page";
    case RouteClass::Lab:
      return "lab";
    case RouteClass::Asset:
      return "asset";
    case RouteClass::Campaign:
      return "campaign";
    case RouteClass::Api:
      return "api";
    case RouteClass::Health:
      return "health";
    case RouteClass::Provider:
      return "provider";
    case RouteClass::Staff:
      return "staff";
    case RouteClass::Error:
      return "error";
  }
  return "error";
}

}  // namespace vitrine
