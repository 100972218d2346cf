// SPDX-License-Identifier: MIT
// files.js is written by build_labs.py: what the page fetches, and the sums it must have.
export interface PageFile {
  name: string;
  path: string; // from the page
  integrity: string; // "sha256-…"
  bytes: number;
}
export const files: {
  simd: PageFile; plain: PageFile; detector: PageFile; landmarks: PageFile; lips: PageFile; eye: PageFile;
  clip: PageFile | null;
};
