import { createServer } from 'node:net';

/** An address that the demo is about to listen on, and what for. */
export interface WantedAddress {
  readonly host: string;
  readonly port: number;
  readonly what: string;
}

/** Those of `wanted` that cannot be listened on, each with the system's error code. */
export async function findTakenAddresses(
  wanted: readonly WantedAddress[],
): Promise<readonly (WantedAddress & { readonly code: string })[]> {
  const verdicts = await Promise.all(
    wanted.map(async (address) => ({ ...address, code: await tryListening(address) })),
  );
  return verdicts.flatMap(({ code, ...address }) => (code === undefined ? [] : [{ ...address, code }]));
}

function tryListening({ host, port }: WantedAddress): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
