import { describe } from 'vitest';
import { slapdAvailable, startSlapd } from '#test/support/slapd.ts';
import { describeDirectory } from './directory-suite.ts';

describe.skipIf(!slapdAvailable())('directory on slapd', () => {
  describeDirectory(async () => {
    const slapd = await startSlapd();
    return {
      ...slapd,
      connect: { socketPath: slapd.socketPath },
      url: `ldapi://${encodeURIComponent(slapd.socketPath)}`,
    };
  });
});
