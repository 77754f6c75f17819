/** Metrics, where they are configured, and what feeds them. */
import type { AuditTrail } from '#audit/trail.ts';
import type { Config } from '#config/config.ts';
import type { Clock } from '#domain/clock.ts';
import type { TrustSource } from '#domain/trust-sources.ts';
import { createMetrics, type Metrics } from '#http/metrics.ts';

export function openMetrics(
  config: Config,
  clock: Clock,
  sources: () => readonly TrustSource[],
): Metrics | undefined {
  return config.metrics && createMetrics({ clock, sources });
}

/** The trail, each attempt to log in counted once it is recorded. */
export function countingLogins(trail: AuditTrail, metrics: Pick<Metrics, 'countLogin'>): AuditTrail {
  return {
    ...trail,
    async record(event) {
      const id = await trail.record(event);
      if (event.action === 'login.attempt') {
        metrics.countLogin(event.evidence?.['method'] ?? 'unknown', event.outcome);
      }
      return id;
    },
  };
}
