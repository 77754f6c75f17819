import type { Machine } from './services.ts';

/** Does `act` every so often, first after that time; ends when `signal` aborts. What fails is logged and tried again. */
export async function nowAndAgain(
  { clock, log }: Pick<Machine, 'clock' | 'log'>,
  signal: AbortSignal,
  work: { readonly everyMs: number; readonly act: () => Promise<unknown>; readonly failureEvent: string },
): Promise<void> {
  while (!signal.aborted) {
    await clock.until(new Date(clock.now().getTime() + work.everyMs), signal);
    if (signal.aborted) return;
    await work.act().catch((error: unknown) => log.error(work.failureEvent, { error }));
  }
}
