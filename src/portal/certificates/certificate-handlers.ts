/**
 * The person's certificates (憑證): which are registered, until when, when last used, which were before; taking one
 * away. Owns `/certificates`; what may be taken away is the rule's (#accounts), from which session too.
 */
import { z } from 'zod';
import { mayRemoveFactor, type FactorPolicy } from '#accounts/factor-rules.ts';
import type { RemoveCertificate, RemoveResult } from '#accounts/remove-certificate.ts';
import { isInTime } from '#domain/certificate-binding.ts';
import type { Clock } from '#domain/clock.ts';
import { HufuError } from '#domain/errors.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { PortalContext, PortalHandler } from '../session/portal-session.ts';
import type { CertificatesModel, RemoveCertificateModel } from './certificates-model.ts';
import {
  certificatesPath,
  logInPath,
  registerPath,
  removePath,
  shownCertificate,
  shownCertificates,
  shownFormer,
} from './shown-certificates.ts';

export type CertificateHandlers = Readonly<Record<'list' | 'askRemoval' | 'remove', PortalHandler>>;

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly removeCertificate: RemoveCertificate;
  /** Ends every other session of this person: one of them may have begun with what was taken away. */
  readonly endOtherSessions: (ctx: PortalContext) => Promise<unknown>;
  readonly clock: Clock;
  readonly policy: FactorPolicy & { readonly certificateWarnDays: number };
}

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
const removalForm = z.strictObject({ csrf: formText(100), certificate: fingerprint });

export function createCertificateHandlers(deps: Dependencies): CertificateHandlers {
  const { views, csrf, navigation, clock, policy } = deps;
  const listPage = views.page<CertificatesModel>(new URL('./certificates.hbs', import.meta.url));
  const askPage = views.page<RemoveCertificateModel>(new URL('./remove-certificate.hbs', import.meta.url));

  function showList(ctx: PortalContext, status: number, errors: readonly FieldError[] = []): void {
    const { account } = ctx.state;
    const isRemoved = ctx.query['removed'] === 'yes' && errors.length === 0;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = listPage(viewOf(ctx, certificatesPath), {
      navigation: navigation.of(ctx.state, 'certificates'),
      certificates: shownCertificates(account, clock.now(), policy.certificateWarnDays),
      former: account.formerCertificates.map(shownFormer),
      registerHref: registerPath,
      ...(isRemoved && { notice: 'removed' }),
      errors,
    });
  }

  return {
    list: async (ctx) => showList(ctx, 200),

    async askRemoval(ctx) {
      const { account, session } = ctx.state;
      const asked = fingerprint.safeParse(ctx.query['certificate']);
      const binding = account.certificates.find((bound) => bound.fingerprint === asked.data);
      if (!binding) throw new HufuError('not-found');
      const now = clock.now();
      const permitted = mayRemoveFactor(session, now, policy);
      const shown = shownCertificate(account, binding, now, policy.certificateWarnDays);
      if (!shown.removeHref) return showList(ctx, 422, [removalError('last-way-in')]);
      ctx.type = 'html';
      ctx.body = askPage(viewOf(ctx, ctx.url), {
        navigation: navigation.of(ctx.state, 'certificates'),
        certificate: shown,
        remaining: account.certificates
          .filter((bound) => bound !== binding && isInTime(bound, now))
          .map((bound) => shownCertificate(account, bound, now, policy.certificateWarnDays)),
        ...(!permitted.ok && { refusal: permitted.reason }),
        freshMinutes: policy.freshMinutes,
        logInHref: `${logInPath}?to=certificates`,
        action: removePath,
        csrf: csrf.issue(session.uid),
        fingerprint: binding.fingerprint,
        backHref: certificatesPath,
      });
    },

    async remove(ctx) {
      const { account, session } = ctx.state;
      const form = parseForm(ctx, removalForm);
      csrf.check(session.uid, form.csrf);
      const binding = account.certificates.find((bound) => bound.fingerprint === form.certificate);
      if (!binding) return showList(ctx, 422, [removalError('not-registered')]);
      const context = auditContextOf(ctx.state, { actor: `person:${account.id}` });
      const result = await deps.removeCertificate({ account, session }, binding, context);
      if (!result.ok) return showList(ctx, 422, [removalError(result.reason)]);
      await deps.endOtherSessions(ctx);
      ctx.status = 303;
      ctx.redirect(`${certificatesPath}?removed=yes`);
    },
  };
}

type RemovalReason = Extract<RemoveResult, { ok: false }>['reason'];

const removalCodes: Readonly<Record<RemovalReason, string>> = {
  'certificate-needed': 'R11',
  'too-long-ago': 'R12',
  'not-registered': 'R13',
  'last-way-in': 'R14',
  'changed-meanwhile': 'R15',
};

function removalError(reason: RemovalReason): FieldError {
  return { field: '', message: `certificates.remove.error.${reason}`, code: removalCodes[reason] };
}
