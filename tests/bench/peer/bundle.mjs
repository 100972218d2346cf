// SPDX-License-Identifier: MIT
// The peer's JavaScript in one bundle, as small as its own users get it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

export async function bundle(entry, global_name) {
  if (!existsSync(join(here, 'node_modules/esbuild'))) {
    console.error(`The peers are not installed. Run: npm ci --prefix tests/bench/peer`);
    process.exit(3);
  }
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)], bundle: true, minify: true, format: 'esm', target: 'es2020',
    supported: { 'top-level-await': true }, write: false, legalComments: 'none',
    ...(global_name ? { format: 'iife', globalName: global_name } : {}),
  });
  return outputFiles[0].text;
}
