// SPDX-License-Identifier: MIT
// The only way from bytes to a Campaign: everything is checked here, in one pass, and every problem
// is told. docs/campaign-format.md lists the codes with their cures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/campaign/campaign.h"

namespace vitrine::campaign {

enum class Severity : uint8_t { Error, Warning };

enum class ProblemCode : uint8_t {
  FileTooLarge,        // more bytes than a campaign may have
  Syntax,              // not JSON, or JSON we refuse (NaN, comments, bad UTF-8)
  DuplicateKey,        // the same key twice in one object
  TooDeep,             // nested too deep
  TooManyValues,       // a limit on counts
  WrongType,           // a string where a number belongs, …
  MissingKey,          // a required key is not there
  UnknownKey,          // warning: a key nobody reads, probably misspelt
  BadIdentifier,       // an id with characters or a length we refuse
  BadLanguage,         // not a language tag
  BadTime,             // not a moment as RFC 3339 writes it
  BadAddress,          // not https://… or http://…, or too long
  BadMode,             // neither live, rehearsal nor test
  BadColor,            // neither #RRGGBB, #RRGGBBAA nor a token's name
  BadPath,             // leaves the campaign's folder, or is no drawing or picture
  BadCurrency,         // not three capital letters
  BadText,             // control characters in a text
  TextTooLong,         // a string over its limit
  EmptyText,           // nothing in a text that people must read
  OutOfRange,          // a number outside its limits
  DuplicateId,         // two products, scenes or languages of the same id
  MissingText,         // a text lacks a declared language
  UndeclaredLanguage,  // warning: words in a language the campaign does not declare
  Untranslated,        // warning: the same words in two languages of different scripts
  UnknownVariable,     // warning: {…} in a text that no scene fills in
  LowContrast,         // warning: a button's words are hard to read on it
  UnknownText,         // a reference to a text that is not there
  UnknownColor,        // … to a colour token
  UnknownSilk,         // … to a silk ramp
  UnknownBackground,   // … to a moving background
  UnknownProduct,      // … to a product
  UnknownScene,        // … to a scene
  UnknownKind,         // a scene kind this build does not have
  MissingScene,        // what the campaign asks for needs a scene of a kind that it does not have
  UnusedScene,         // warning: a scene that nobody comes to
  TooManyProblems,     // the list was cut
};

// "unknown_product", the name in documents, JSON and tests.
std::string_view problem_code_name(ProblemCode code);

struct Problem {
  Severity severity = Severity::Error;
  ProblemCode code = ProblemCode::Syntax;
  std::string file;
  uint32_t line = 1;    // from 1
  uint32_t column = 1;  // from 1, in characters
  std::string path;     // "scenes[1].parameters.products[0]", "" for the whole file
  std::string message;  // what is wrong, naming the limit and what was found
  std::string cure;     // what to do about it

  // "campaign.json:12:5: error: scenes[1].kind: … [unknown_kind]; …"
  std::string to_string() const;
};

struct CampaignResult {
  std::optional<Campaign> campaign;  // there exactly when no problem is an error
  std::vector<Problem> problems;     // in the order of the file

  bool ok() const { return campaign.has_value(); }
  // One problem a line.
  std::string to_string() const;
};

struct ParseOptions {
  // The scene kinds that exist. Empty: any kind is accepted.
  std::span<const std::string_view> scene_kinds;
};

// `file_name` only names the file in problems. Never fails otherwise; at most 200 problems.
CampaignResult parse_campaign(std::string_view bytes, std::string_view file_name,
                              const ParseOptions& options = {});

}  // namespace vitrine::campaign
