// SPDX-License-Identifier: MIT
namespace vitrine {}
