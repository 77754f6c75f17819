/**
 * Which of several servers to ask (fail-over and fail-back). The first that is not known to be down serves; one that is
 * down is asked again in the background and taken back once it answers. Only while all are down does a request try.
 */
import type { Clock } from '#domain/clock.ts';
import { HufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { DirectoryAddress } from './open-socket.ts';
import { createReconnectDelay, type ReconnectDelay } from './reconnect-delay.ts';

export interface DirectoryServer {
  readonly address: DirectoryAddress;
  /** From 1, in the order of the configuration; what the log calls it. */
  readonly place: number;
}

export interface ServerChoice {
  /** The server to ask, but for those in `without`; throws `directory-unavailable` when there is none. */
  choose(without: ReadonlySet<DirectoryServer>): DirectoryServer;
  /** How many servers, but for those in `without`, there are still to ask. */
  count(without: ReadonlySet<DirectoryServer>): number;
  failed(server: DirectoryServer, cause: unknown): void;
  succeeded(server: DirectoryServer): void;
}

interface Candidate extends DirectoryServer {
  readonly delay: ReconnectDelay;
  probing: boolean;
}

export interface ServerChoiceDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Resolves when the server answers. */
  readonly probe: (server: DirectoryServer) => Promise<void>;
}

export function createServerChoice(
  addresses: readonly DirectoryAddress[],
  { clock, random, log, probe }: ServerChoiceDeps,
): ServerChoice {
  const candidates: readonly Candidate[] = addresses.map((address, index) => ({
    address,
    place: index + 1,
    delay: createReconnectDelay(clock, random),
    probing: false,
  }));
  const isDown = ({ delay }: Candidate) => delay.isDown();

  function candidateOf({ place }: DirectoryServer): Candidate {
    const found = candidates[place - 1];
    if (!found) throw new HufuError('internal', { facts: { reason: 'unknown-server' } });
    return found;
  }

  function probeDue(): void {
    for (const candidate of candidates) {
      if (!isDown(candidate) || !candidate.delay.isDue() || candidate.probing) continue;
      candidate.probing = true;
      probe(candidate)
        // The probe has told the choice what it found; there is nobody else to tell.
        .catch(() => {})
        .finally(() => {
          candidate.probing = false;
        });
    }
  }

  function eligible(without: ReadonlySet<DirectoryServer>): Candidate[] {
    const rest = candidates.filter((candidate) => !without.has(candidate));
    return [
      ...rest.filter((candidate) => !isDown(candidate)),
      ...rest.filter((candidate) => isDown(candidate) && candidate.delay.isDue()),
    ];
  }

  return {
    choose(without) {
      const [first] = eligible(without);
      if (!first) throw new HufuError('directory-unavailable', { cause: candidates[0]?.delay.cause() });
      if (!isDown(first)) probeDue();
      return first;
    },
    count: (without) => eligible(without).length,
    failed(server, cause) {
      const candidate = candidateOf(server);
      if (!isDown(candidate)) log.warn('directory.server-lost', { server: server.place });
      candidate.delay.failed(cause);
    },
    succeeded(server) {
      const candidate = candidateOf(server);
      if (isDown(candidate)) log.info('directory.server-back', { server: server.place });
      candidate.delay.succeeded();
    },
  };
}
