/** Routes of the operators' pages. Order on each: nothing is stored, an operator's session, then the page. */
import { Router } from '@koa/router';
import { forbidStoring } from '#http/no-store.ts';
import type { OperatorHandler, OperatorState } from './operator-session.ts';
import type { AuditHandlers } from './audit/audit-handlers.ts';
import type { CertificatesHandlers } from './certificates/certificates-handlers.ts';
import type { OutboxHandlers } from './outbox/outbox-handlers.ts';

interface Handlers {
  readonly requireOperator: OperatorHandler;
  readonly health: OperatorHandler;
  readonly outbox: OutboxHandlers;
  readonly audit: AuditHandlers;
  readonly certificates: CertificatesHandlers;
}

export function createOperatorRoutes({
  requireOperator,
  health,
  outbox,
  audit,
  certificates,
}: Handlers): Router<OperatorState> {
  const router = new Router<OperatorState>({ prefix: '/operators' });
  const operators = [forbidStoring, requireOperator] as const;
  router.get('/', ...operators, health);
  router.get('/outbox', ...operators, outbox.list);
  router.get('/outbox/:id/:deed', ...operators, outbox.ask);
  router.post('/outbox/:id/:deed', ...operators, outbox.carryOut);
  router.get('/audit', ...operators, audit.list);
  router.post('/audit/search', ...operators, audit.search);
  router.post('/audit/export', ...operators, audit.exportTrail);
  router.get('/audit/:sequence', ...operators, audit.show);
  router.get('/certificates', ...operators, certificates.list);
  router.get('/certificates/refresh', ...operators, certificates.ask);
  router.post('/certificates/refresh', ...operators, certificates.refresh);
  return router;
}
