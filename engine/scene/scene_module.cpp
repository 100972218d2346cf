// SPDX-License-Identifier: MIT
// Replaced by the module's first source file.
namespace vitrine::scene {}
