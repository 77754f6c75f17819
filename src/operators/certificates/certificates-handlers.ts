/** Certificates for operators: whom logins trust, and how fresh is what is known of revocation. */
import { z } from 'zod';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import { HufuError } from '#domain/errors.ts';
import type { TrustedAuthority, TrustSource } from '#domain/trust-sources.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { contextOf, type OperatorHandler, type OperatorPageParts } from '../operator-session.ts';
import type {
  CertificatesModel,
  RefreshQuestionModel,
  ShownAuthority,
  ShownSource,
  SourceState,
} from './certificates-model.ts';

const querySchema = z.object({ done: z.enum(['refreshing']).optional().catch(undefined) });
const refreshForm = z.strictObject({ csrf: formText(100) });

export interface CertificateTrustView {
  readonly authorities: readonly TrustedAuthority[];
  list(): readonly TrustSource[];
  /** Begins to fetch every CRL anew; resolves when that has left its trace, not when all have come. */
  refresh(context: AuditContext): Promise<void>;
}

interface Dependencies extends OperatorPageParts {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly clock: Clock;
  /** Undefined: there are no certificate logins. */
  readonly trust: CertificateTrustView | undefined;
}

export type CertificatesHandlers = Readonly<Record<'list' | 'ask' | 'refresh', OperatorHandler>>;

const href = '/operators/certificates';

export function certificatesHandlers({
  views,
  csrf,
  clock,
  navigation,
  trust,
}: Dependencies): CertificatesHandlers {
  const listPage = views.page<CertificatesModel>(new URL('./certificates.hbs', import.meta.url));
  const questionPage = views.page<RefreshQuestionModel>(new URL('./refresh.hbs', import.meta.url));

  return {
    async list(ctx) {
      const { done } = querySchema.parse(ctx.query);
      const { authorities = [] } = trust ?? {};
      const now = clock.now();
      ctx.type = 'html';
      ctx.body = listPage(viewOf(ctx, href), {
        navigation: navigation.of(ctx.state, 'operators'),
        tab: 'certificates',
        configured: trust !== undefined,
        authorities: authorities.map((authority) => shownAuthority(authority, now)),
        sources: (trust?.list() ?? []).map((source) => shownSource(source, authorities, now)),
        refreshHref: `${href}/refresh`,
        ...(done && { notice: done }),
      });
    },

    async ask(ctx) {
      if (!trust) throw new HufuError('not-found');
      ctx.type = 'html';
      ctx.body = questionPage(viewOf(ctx), {
        navigation: navigation.of(ctx.state, 'operators'),
        tab: 'certificates',
        csrf: csrf.issue(ctx.state.session.uid),
        action: `${href}/refresh`,
        count: trust.list().filter(({ kind }) => kind === 'crl').length,
      });
    },

    async refresh(ctx) {
      if (!trust) throw new HufuError('not-found');
      csrf.check(ctx.state.session.uid, parseForm(ctx, refreshForm).csrf);
      await trust.refresh(contextOf(ctx.state, ctx.state.account));
      ctx.status = 303;
      ctx.redirect(`${href}?done=refreshing`);
    },
  };
}

function shownAuthority(authority: TrustedAuthority, now: Date): ShownAuthority {
  const state = now < authority.notBefore ? 'not-yet' : now > authority.notAfter ? 'ended' : 'valid';
  return { ...authority, state };
}

function shownSource(source: TrustSource, authorities: readonly TrustedAuthority[], now: Date): ShownSource {
  const { kind, url, issuerKey, lastSuccess, lastFailure, nextUpdate, number, entries, bytes, failures } =
    source;
  const state = stateOf(source, now);
  const minutes = lastSuccess && Math.max(0, Math.floor((now.getTime() - lastSuccess.getTime()) / 60_000));
  return {
    kind,
    url,
    issuer: authorities.find(({ keyId }) => keyId === issuerKey)?.subject ?? issuerKey,
    state,
    isGood: state === 'fresh',
    failures,
    ...(lastSuccess && { lastSuccess }),
    ...(minutes !== undefined && { age: { hours: Math.floor(minutes / 60), minutes: minutes % 60 } }),
    ...(nextUpdate && { nextUpdate }),
    ...(number !== undefined && { number }),
    ...(entries !== undefined && { entries: entries.toLocaleString('en') }),
    ...(bytes !== undefined && { size: Math.ceil(bytes / 1024).toLocaleString('en') }),
    ...(lastFailure && { failure: lastFailure }),
  };
}

function stateOf({ lastSuccess, nextUpdate, failures }: TrustSource, now: Date): SourceState {
  if (!lastSuccess) return 'none';
  // An OCSP answer is about one certificate and ends soon: only failures say something of its source.
  if (nextUpdate && nextUpdate <= now && failures > 0) return 'ended';
  return failures > 0 ? 'failing' : 'fresh';
}
