/** The operators' pages, wired; and who is led to them. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Router } from '@koa/router';
import { readLastCheckpointLine } from '#adapters/records/checkpoint-file.ts';
import { parseEntry } from '#audit/entry.ts';
import { exportLines } from '#audit/export.ts';
import {
  auditEntryShown,
  auditExported,
  auditPersonSearched,
  operationRefused,
  revocationRefreshed,
} from '#audit/operator-events.ts';
import { createOutboxDeeds } from '#delivery/outbox-deeds.ts';
import type { Csrf } from '#http/csrf.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import type { Views } from '#pages/views.ts';
import type { HubProvider } from '#provider/contract.ts';
import { auditHandlers } from '../operators/audit/audit-handlers.ts';
import { showHealth } from '../operators/health/health-handler.ts';
import { requireOperator, type OperatorState } from '../operators/operator-session.ts';
import {
  certificatesHandlers,
  type CertificateTrustView,
} from '../operators/certificates/certificates-handlers.ts';
import { outboxHandlers } from '../operators/outbox/outbox-handlers.ts';
import { createOperatorRoutes } from '../operators/routes.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Services;
  readonly provider: HubProvider;
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
}

export function composeOperators({
  services,
  provider,
  views,
  csrf,
  navigation,
}: Dependencies): Router<OperatorState> {
  const { config, machine, stores, directory, delivery } = services;
  const { clock } = machine;
  const { records, audit } = stores;
  const parts = { views, csrf, navigation, clock };
  const checkpointFile =
    config.audit.checkpoint.file ?? path.join(config.dataFolder, 'audit-checkpoints.jsonl');
  return createOperatorRoutes({
    requireOperator: requireOperator({
      sessions: provider,
      accounts: directory.accounts,
      requirement: config.operators.requirement,
      hasCardLogin: services.cards !== undefined,
      noteRefusal: (context, account, route) =>
        audit.record(operationRefused(context, { account, reason: 'not-permitted', route })),
    }),
    health: showHealth({
      ...parts,
      sources: {
        checks: {
          directory: () => directory.health.checkDirectory(),
          protocolStore: () => stores.protocol.health.checkStore(),
          records: () => records.health.checkRecords(),
        },
        outbox: records.outbox,
        audit: records.audit,
        lastCheckpoint: async () => checkpointOf(await readLastCheckpointLine(checkpointFile)),
        version: programVersion(),
        startedAt: clock.now(),
      },
    }),
    outbox: outboxHandlers({
      ...parts,
      outbox: records.outboxOperations,
      counts: records.outbox,
      deeds: createOutboxDeeds({ outbox: records.outboxOperations, audit, wake: delivery.wake }),
    }),
    certificates: certificatesHandlers({ ...parts, trust: trustView(services) }),
    audit: auditHandlers({
      ...parts,
      accounts: directory.accounts,
      trail: {
        store: records.audit,
        readEntry: parseEntry,
        exportLines,
        noteSearched: (context, facts) => audit.record(auditPersonSearched(context, facts)),
        noteShown: (context, sequence) => audit.record(auditEntryShown(context, sequence)),
        noteExport: (context, facts) => audit.record(auditExported(context, facts)),
      },
    }),
  });
}

function trustView({ certificates, stores, machine }: Services): CertificateTrustView | undefined {
  if (!certificates) return undefined;
  const { authorities, sources } = certificates;
  return {
    authorities,
    list: sources.list,
    async refresh(context) {
      const lists = sources.list().filter(({ kind }) => kind === 'crl');
      await stores.audit.record(revocationRefreshed(context, { sources: lists.length }));
      // Large lists take minutes: the page tells how it went.
      void sources
        .refreshAll()
        .then((ended) => machine.log.info('revocation-refreshed', ended))
        .catch((error: unknown) => machine.log.error('revocation-refresh-failed', { error }));
    },
  };
}

/** What a checkpoint says, unverified: whether it holds is verify-audit's to judge. */
function checkpointOf(line: string | undefined): { sequence: number; time: Date } | undefined {
  try {
    const { sequence, time } = JSON.parse(line ?? '') as { sequence?: unknown; time?: unknown };
    if (typeof sequence !== 'number' || typeof time !== 'string') return undefined;
    return { sequence, time: new Date(time) };
  } catch {
    return undefined;
  }
}

function programVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../../package.json');
  return (manifest as { version: string }).version;
}
