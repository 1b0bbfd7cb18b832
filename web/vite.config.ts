import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const HERE = dirname(fileURLToPath(import.meta.url));
const PDFJS = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
/** What pdf.js fetches when a page needs it: character maps, substitute fonts, image decoders. */
const PDFJS_DATA = ['cmaps', 'standard_fonts', 'wasm'];
/** Where `npm run web:dev` finds a running `gongkai serve`. */
const API = 'http://127.0.0.1:8080';

export default defineConfig({
  root: HERE,
  base: '/',
  build: {
    target: 'es2022',
    outDir: join(HERE, 'dist'),
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_500,
  },
  server: { proxy: { '/api': API } },
  plugins: [copyPdfjsData()],
});

function copyPdfjsData(): Plugin {
  return {
    name: 'copy-pdfjs-data',
    apply: 'build',
    closeBundle() {
      for (const folder of PDFJS_DATA) {
        cpSync(join(PDFJS, folder), join(HERE, 'dist', 'pdfjs', folder), { recursive: true });
      }
    },
  };
}
