import { defineConfig } from 'vitest/config';
import { compress } from './build/compress.ts';

/** Where `npm run dev` finds the rest of the chat: the gateway of the local run. */
const chat = process.env.CHAT_URL ?? 'http://localhost:8000';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [compress()],
  build: {
    target: 'es2022',
    // An inline script or style would need a hole in the Content-Security-Policy; an inline font or image, one in font-src.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 150,
  },
  server: { proxy: { '/chat': chat, '/ws': { target: chat, ws: true } } },
  // One page for all tests of a worker: one for each file takes ten times as long. So every test puts back what it stubs.
  test: { environment: 'happy-dom', setupFiles: ['src/testing/setup.ts'], include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true, unstubGlobals: true, isolate: false },
});
