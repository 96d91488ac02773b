import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const text = /\.(?:html|js|css|svg|json)$/;

/** Puts `x.br` and `x.gz` beside every text file of the build, as the function app serves them: it compresses nothing itself. */
export function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    async writeBundle(options) {
      const folder = options.dir ?? 'dist';
      for (const name of (await readdir(folder, { recursive: true })).filter((file) => text.test(file))) {
        const file = join(folder, name);
        const content = await readFile(file);
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        await writeFile(`${file}.br`, brotliCompressSync(content, { params: quality }));
        await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
