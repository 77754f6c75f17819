#!/usr/bin/env node
// What `npm ci` does last: see stripped-sources.js. A program without it runs as well, only larger.
import { start } from './start.js';

await start(async () => {
  const { keepStrippedSources } = await import('./stripped-sources.js');
  return {
    main() {
      try {
        keepStrippedSources();
      } catch (error) {
        console.warn(`Hufu runs without stripped sources: ${error.message}`);
      }
      return 0;
    },
  };
});
