// SPDX-License-Identifier: MIT
// What can go wrong with the tracker itself, by name. Each has its texts in texts.ts: `fault_NAME` says what
// happened, `fault_NAME_do` what to do.
const kFaults = [
  'no_wasm', // the browser has no WebAssembly, or forbids it
  'no_memory', // the device could not give the module its memory
  'file_missing', // a file of the page is not on the server
  'file_truncated', // a file came shorter or longer than it is
  'file_wrong', // a file's bytes are not those that this page was built with
  'weights_refused', // the module does not take the weights
  'no_network', // nothing came at all
  'stopped', // the module ended itself: a fault of ours
] as const;
export type FaultName = typeof kFaults[number];

export class Fault extends Error {
  constructor(readonly fault: FaultName, readonly detail: string) {
    super(`${fault}: ${detail}`);
  }
}
