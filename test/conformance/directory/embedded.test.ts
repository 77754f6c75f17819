import { describe } from 'vitest';
import { startEmbeddedDirectoryProcess } from '#test/support/start-embedded-directory.ts';
import { describeDirectory } from './directory-suite.ts';

describe('directory on the embedded server', () => {
  describeDirectory(async () => {
    const embedded = await startEmbeddedDirectoryProcess();
    return {
      ...embedded,
      connect: { socketPath: embedded.socketPath },
      url: `ldapi://${encodeURIComponent(embedded.socketPath)}`,
    };
  });
});
