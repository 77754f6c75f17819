/**
 * How long a request's body may take to arrive. Node's own bound (`requestTimeout`) is one for everything and stays behind
 * this one as the last: here an ordinary body has seconds, and a file that somebody who may is sending has minutes, as
 * long as it keeps coming.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Middleware } from 'koa';
import type { Clock } from '#domain/clock.ts';
import type { BodyBound, RequestState } from './request-state.ts';

export interface SendingBounds {
  /** For a body, after its head. */
  readonly bodyMs: number;
  readonly upload: {
    readonly mostMs: number;
    /** Before this no rate is asked for. */
    readonly graceMs: number;
    /** On the average since the grace ended. */
    readonly leastBytesPerSecond: number;
    /** How often it is looked at. */
    readonly everyMs: number;
  };
}

/** Twenty megabytes in ten minutes are 280 kbit/s: a slow line, not one that only holds the connection. */
export const sendingBounds: SendingBounds = {
  bodyMs: 15_000,
  upload: { mostMs: 600_000, graceMs: 30_000, leastBytesPerSecond: 16 * 1024, everyMs: 5000 },
};

interface Sending {
  readonly isUpload: boolean;
  readonly elapsedMs: number;
  readonly bytes: number;
}

/** Whether a body that is not complete may go on. */
export function mayGoOn(bounds: SendingBounds, { isUpload, elapsedMs, bytes }: Sending): boolean {
  if (!isUpload) return elapsedMs < bounds.bodyMs;
  const { mostMs, graceMs, leastBytesPerSecond } = bounds.upload;
  const owed = (Math.max(0, elapsedMs - graceMs) / 1000) * leastBytesPerSecond;
  return elapsedMs < mostMs && bytes >= owed;
}

export function boundBodies(clock: Clock, bounds = sendingBounds): Middleware<RequestState> {
  return async function boundBody({ req, res, state }, next) {
    const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
    if (encoding !== undefined || Number(length ?? 0) > 0) state.bodyBound = watch(req, res, clock, bounds);
    await next();
  };
}

function watch(req: IncomingMessage, res: ServerResponse, clock: Clock, bounds: SendingBounds): BodyBound {
  const { socket } = req;
  const [begun, bytesBefore] = [clock.now().getTime(), socket.bytesRead];
  const over = new AbortController();
  let isUpload = false;
  const end = () => {
    if (req.complete || socket.destroyed) over.abort();
  };
  req.once('end', end);
  req.once('close', end);

  async function hold(): Promise<void> {
    for (let wait = bounds.bodyMs; ; wait = bounds.upload.everyMs) {
      await clock.until(new Date(clock.now().getTime() + wait), over.signal);
      if (over.signal.aborted || req.complete || socket.destroyed) return;
      const elapsedMs = clock.now().getTime() - begun;
      const bytes = socket.bytesRead - bytesBefore;
      if (!mayGoOn(bounds, { isUpload, elapsedMs, bytes })) return cut(res);
    }
  }
  void hold();
  return {
    allowUpload() {
      isUpload = true;
    },
  };
}

/** As Node does it: an answer where none has begun, then the end of the connection. */
function cut(res: ServerResponse): void {
  const { socket } = res;
  if (!socket) return;
  if (res.headersSent) return void socket.destroy();
  socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n', () => socket.destroy());
}
