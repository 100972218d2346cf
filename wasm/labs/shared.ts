// SPDX-License-Identifier: MIT
// What several files of the page need.
export const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

// Of an even number of values the upper of the two in the middle; null: there are none.
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[sorted.length >> 1]! : null;
}
