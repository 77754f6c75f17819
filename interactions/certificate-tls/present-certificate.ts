/**
 * The one path of the origin that asks browsers for a certificate. Order: did the request come where certificates are asked for → the
 * ticket, which is used up → what this very connection showed, kept under a proof → back to the login. Nothing is judged here,
 * and no page is shown: what the certificate is worth the door says, to the browser that holds the login's cookie.
 */
import { Router } from '@koa/router';
import type { IncomingMessage } from 'node:http';
import type { CertificateHandovers, ShownInTls } from '#authentication/certificate-handovers.ts';
import { HufuError } from '#domain/errors.ts';
import { forbidStoring } from '#http/no-store.ts';
import type { RequestState } from '#http/request-state.ts';
import { presentPath, returnPath, secretIn } from './handover-addresses.ts';

interface Dependencies {
  readonly handovers: Pick<CertificateHandovers, 'consumeTicket' | 'issueProof'>;
  /** What the request's connection showed; undefined: it did not come where certificates are asked for. */
  readonly findShown: (req: IncomingMessage) => ShownInTls | undefined;
  readonly issuer: string;
}

export function createPresentCertificateRoutes(deps: Dependencies): Router<RequestState> {
  const { handovers, issuer } = deps;
  const router = new Router<RequestState>();
  router.get(presentPath, forbidStoring, async (ctx) => {
    ctx.set('Referrer-Policy', 'no-referrer');
    const shown = deps.findShown(ctx.req);
    const ticket = secretIn(ctx.query['ticket']);
    // Also where a browser ends whose ticket was no good: the page about it has its looks on the main origin alone.
    if (!shown || ticket === undefined) throw new HufuError('interaction-gone');
    const owner = await handovers.consumeTicket(ticket);
    const back = new URL(owner ? returnPath(owner.binding) : presentPath, issuer);
    if (owner) back.searchParams.set('proof', await handovers.issueProof(owner, shown));
    ctx.status = 303;
    ctx.redirect(back.href);
  });
  return router;
}
