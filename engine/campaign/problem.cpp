// SPDX-License-Identifier: MIT
#include "engine/campaign/parse.h"

namespace vitrine::campaign {

std::string_view problem_code_name(ProblemCode code) {
  switch (code) {
    case ProblemCode::FileTooLarge:
      return "file_too_large";
    case ProblemCode::Syntax:
      return "syntax";
    case ProblemCode::DuplicateKey:
      return "duplicate_key";
    case ProblemCode::TooDeep:
      return "too_deep";
    case ProblemCode::TooManyValues:
      return "too_many_values";
    case ProblemCode::WrongType:
      return "wrong_type";
    case ProblemCode::MissingKey:
      return "missing_key";
    case ProblemCode::UnknownKey:
      return "unknown_key";
    case ProblemCode::BadIdentifier:
      return "bad_identifier";
    case ProblemCode::BadLanguage:
      return "bad_language";
    case ProblemCode::BadTime:
      return "bad_time";
    case ProblemCode::BadAddress:
      return "bad_address";
    case ProblemCode::BadMode:
      return "bad_mode";
    case ProblemCode::BadColor:
      return "bad_color";
    case ProblemCode::BadPath:
      return "bad_path";
    case ProblemCode::BadCurrency:
      return "bad_currency";
    case ProblemCode::BadText:
      return "bad_text";
    case ProblemCode::TextTooLong:
      return "text_too_long";
    case ProblemCode::EmptyText:
      return "empty_text";
    case ProblemCode::OutOfRange:
      return "out_of_range";
    case ProblemCode::DuplicateId:
      return "duplicate_id";
    case ProblemCode::MissingText:
      return "missing_text";
    case ProblemCode::UndeclaredLanguage:
      return "undeclared_language";
    case ProblemCode::Untranslated:
      return "untranslated";
    case ProblemCode::UnknownVariable:
      return "unknown_variable";
    case ProblemCode::LowContrast:
      return "low_contrast";
    case ProblemCode::UnknownText:
      return "unknown_text";
    case ProblemCode::UnknownColor:
      return "unknown_color";
    case ProblemCode::UnknownSilk:
      return "unknown_silk";
    case ProblemCode::UnknownBackground:
      return "unknown_background";
    case ProblemCode::UnknownProduct:
      return "unknown_product";
    case ProblemCode::UnknownScene:
      return "unknown_scene";
    case ProblemCode::UnknownKind:
      return "unknown_kind";
    case ProblemCode::MissingScene:
      return "missing_scene";
    case ProblemCode::UnusedScene:
      return "unused_scene";
    case ProblemCode::TooManyProblems:
      return "too_many_problems";
  }
  return "unknown";
}

std::string Problem::to_string() const {
  std::string text = file + ":" + std::to_string(line) + ":" + std::to_string(column);
  text += severity == Severity::Error ? ": error: " : ": warning: ";
  if (!path.empty()) text += path + ": ";
  text += message + " [" + std::string(problem_code_name(code)) + "]";
  if (!cure.empty()) text += "; " + cure;
  return text;
}

std::string CampaignResult::to_string() const {
  std::string text;
  for (const Problem& problem : problems) text += problem.to_string() + "\n";
  return text;
}

}  // namespace vitrine::campaign
