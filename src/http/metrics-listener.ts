import { createServer, type Server, type ServerOptions } from 'node:http';
import { plainAddress, trustedProxies } from './client-address.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsListenerOptions {
  readonly metrics: Pick<Metrics, 'contentType' | 'render'>;
  /** Addresses and networks that are answered; the connection's own address counts, no header. */
  readonly allow: readonly string[];
}

/** A listener that knows `GET /metrics` and nothing else, and answers nobody else. */
export function createMetricsListener(
  { metrics, allow }: MetricsListenerOptions,
  limits: ServerOptions,
): Server {
  const isAllowed = trustedProxies(allow);
  return createServer(limits, (req, res) => {
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('X-Content-Type-Options', 'nosniff');
    if (!isAllowed(plainAddress(req.socket.remoteAddress ?? ''))) return res.writeHead(403).end();
    if (req.method !== 'GET' || req.url !== '/metrics') return res.writeHead(404).end();
    return metrics.render().then(
      (text) => res.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
}
