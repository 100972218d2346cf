// SPDX-License-Identifier: MIT
// Of currencies.js, which the build makes from engine/campaign/minor_digits.inc.

// How many digits a currency has behind the point, where these are not two.
export declare const kMinorDigits: Readonly<Record<string, number>>;
