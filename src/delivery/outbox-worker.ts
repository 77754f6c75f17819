/**
 * Delivers what stands in the outbox: mail and back-channel log-out. Owns the order of trying; depends on the
 * outbox for claiming (one worker at a time for each message, across processes) and on `deliver` for carrying.
 * Each kind has a worker of its own: a relying party that does not answer must not hold up login codes, nor, since each
 * has its share, the log-out calls of the others.
 * A round: claim what is due, deliver up to so many at once, mark each; then wait for a wake-up or the next look.
 * At least once: a worker that dies after delivering and before marking leaves the message to be delivered again.
 */
import type { Clock } from '#domain/clock.ts';
import { DeliveryRefused } from '#domain/delivery-refused.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { Outbox, OutboxKind, OutboxMessage } from '#domain/records.ts';
import { failureCode } from './failure-code.ts';
import { retryDelayMs } from './retry-delay.ts';
import { createWaiter } from './waiter.ts';

export interface OutboxWorkerOptions {
  readonly outbox: Outbox;
  /**
   * Carries one body; throws when it was not taken, to be tried again, unless it throws DeliveryRefused. Must have a
   * time limit below the lease.
   */
  readonly deliver: Readonly<Record<OutboxKind, (body: string) => Promise<void>>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Deliveries under way at once; default `defaultLimits`. */
  readonly limits?: Readonly<Record<OutboxKind, DeliveryLimits>>;
  /** Seconds between looks into the outbox when nobody wakes the worker; default 2. */
  readonly lookEverySeconds?: number;
  /** Seconds for which a claimed message is hidden from other workers; default 120. */
  readonly leaseSeconds?: number;
}

export interface DeliveryLimits {
  /** Of the kind. */
  readonly inAll: number;
  /** Of them to one recipient; without it there is no such limit. */
  readonly each?: number;
}

/** The log-out calls of all relying parties find room beside many that hang; no one of them is called by many at once. */
export const defaultLimits = {
  mail: { inAll: 4 },
  'back-channel-log-out': { inAll: 64, each: 2 },
} as const satisfies Record<OutboxKind, DeliveryLimits>;

const kinds = ['mail', 'back-channel-log-out'] as const satisfies readonly OutboxKind[];

export interface OutboxWorker {
  /** Looks at once: to be called after something was enqueued. */
  wake(): void;
  /** Claims nothing more and resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export function startOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const workers = kinds.map((kind) => startWorkerFor(kind, options));
  return {
    wake: () => workers.forEach((worker) => worker.wake()),
    stop: async () => void (await Promise.all(workers.map((worker) => worker.stop()))),
  };
}

function startWorkerFor(kind: OutboxKind, options: OutboxWorkerOptions): OutboxWorker {
  const { outbox, clock, log, limits = defaultLimits, lookEverySeconds = 2, leaseSeconds = 120 } = options;
  const { inAll, each }: DeliveryLimits = limits[kind];
  const waiter = createWaiter(clock);
  const underWay = new Map<Promise<void>, OutboxMessage>();
  const stopping = new AbortController();
  const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

  const claim = async (room: number): Promise<readonly OutboxMessage[]> => {
    if (room === 0) return [];
    try {
      const share =
        each === undefined ? undefined : { atOnce: each, underWay: byRecipient(underWay.values()) };
      return await outbox.claimDue(kind, clock.now(), room, inSeconds(leaseSeconds), share);
    } catch (error) {
      log.error('outbox-claim-failed', { error });
      return [];
    }
  };

  const start = (message: OutboxMessage): void => {
    const delivery = deliverOne(options, message).finally(() => {
      underWay.delete(delivery);
      waiter.wake();
    });
    underWay.set(delivery, message);
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      waiter.reset();
      const claimed = await claim(inAll - underWay.size);
      for (const message of claimed) start(message);
      // With nothing claimed there is nothing due, or no room: a wake-up, the end of a delivery or time comes next.
      if (claimed.length === 0) await waiter.waitUntil(inSeconds(lookEverySeconds));
    }
    await Promise.all(underWay.keys());
  };
  const running = run();

  return {
    wake: waiter.wake,
    async stop() {
      stopping.abort();
      waiter.wake();
      await running;
    },
  };
}

/** How many of the messages go to each recipient. */
function byRecipient(messages: Iterable<OutboxMessage>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { recipient } of messages) {
    if (recipient !== undefined) counts.set(recipient, (counts.get(recipient) ?? 0) + 1);
  }
  return counts;
}

type DeliveryDeps = Pick<OutboxWorkerOptions, 'outbox' | 'deliver' | 'clock' | 'random' | 'log'>;

/** Delivers and marks one message. Never throws: what cannot be marked comes up again when its lease ends. */
async function deliverOne(deps: DeliveryDeps, message: OutboxMessage): Promise<void> {
  const { outbox, clock, log } = deps;
  const { id, kind, attempts } = message;
  try {
    const failure = await tryToDeliver(deps, message);
    if (failure === undefined) {
      await outbox.markDelivered(id, clock.now());
      log.info('outbox-delivered', { message: id, kind, attempts });
      return;
    }
    const { code, isFinal } = failure;
    const retryAt = isFinal ? undefined : nextTry(deps, message);
    await outbox.markFailed(id, code, retryAt);
    if (retryAt)
      log.warn('outbox-retry', {
        message: id,
        kind,
        attempts,
        failure: code,
        retryAt: retryAt.toISOString(),
      });
    else log.error('outbox-given-up', { message: id, kind, attempts, failure: code });
  } catch (error) {
    log.error('outbox-mark-failed', { message: id, kind, attempts, error });
  }
}

interface Failure {
  readonly code: string;
  readonly isFinal: boolean;
}

/** Undefined when it was delivered. */
async function tryToDeliver(
  { deliver, clock }: DeliveryDeps,
  message: OutboxMessage,
): Promise<Failure | undefined> {
  if (message.expiresAt <= clock.now()) return { code: 'expired', isFinal: true };
  try {
    await deliver[message.kind](message.body);
    return undefined;
  } catch (error) {
    return { code: failureCode(error), isFinal: error instanceof DeliveryRefused };
  }
}

/** When to try again; undefined when the message will have expired by then. */
function nextTry({ clock, random }: DeliveryDeps, { attempts, expiresAt }: OutboxMessage): Date | undefined {
  const retryAt = new Date(clock.now().getTime() + retryDelayMs(attempts, random));
  return retryAt < expiresAt ? retryAt : undefined;
}
