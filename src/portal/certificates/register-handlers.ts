/**
 * Registering the card (自然人憑證註冊). The page says what will be signed and hands a challenge, bound to this session
 * and account, to the card component through its script; the PIN never comes here. Order of a post: the form's shape and
 * token → the deed (#accounts), which asks for the proof once it knows that this session may → the page.
 */
import { z } from 'zod';
import { isFactorRefusal, mayRegisterCertificate, type FactorPolicy } from '#accounts/factor-rules.ts';
import type { RegisterCertificate, SignedProof } from '#accounts/register-certificate.ts';
import type { ChallengeOwner, SignedChallenges } from '#authentication/signed-challenges.ts';
import type { Clock } from '#domain/clock.ts';
import { HufuError } from '#domain/errors.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import { keepOwnPopUps } from '#http/security-headers.ts';
import type { CardForms, ChallengeAnswer } from '#pages/card-form.ts';
import type { ToldVerdict } from '#pages/card-verdicts.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { portalClientId, type PortalContext, type PortalHandler } from '../session/portal-session.ts';
import { registerError, type ToldRefusal } from './register-errors.ts';
import type { RegisterCertificateModel } from './register-model.ts';
import {
  certificatesPath,
  challengePath,
  logInPath,
  registerPath,
  shownCertificate,
} from './shown-certificates.ts';

export type RegisterHandlers = Readonly<Record<'show' | 'challenge' | 'register', PortalHandler>>;

/** Judges a signature over the owner's challenge, which is then used up, and the certificate that made it. */
export type VerifySignature = (owner: ChallengeOwner, signature: string) => Promise<SignedProof<ToldVerdict>>;

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly challenges: Pick<SignedChallenges, 'issue'>;
  readonly cardForms: CardForms;
  readonly verifySignature: VerifySignature;
  readonly registerCertificate: RegisterCertificate;
  readonly clock: Clock;
  readonly policy: FactorPolicy & { readonly certificateWarnDays: number };
}

/** Base64 of a signed message with a certificate or two. */
const formSchema = z.strictObject({ csrf: formText(100), signature: formText(100_000) });

export function createRegisterHandlers(deps: Dependencies): RegisterHandlers {
  const { csrf, challenges, clock, policy } = deps;
  const page = deps.views.page<RegisterCertificateModel>(
    new URL('./register-certificate.hbs', import.meta.url),
  );
  const permitted = ({ state }: PortalContext) =>
    mayRegisterCertificate(state.account, state.session, clock.now(), policy);

  async function cardOf(ctx: PortalContext) {
    const { text } = await challenges.issue(ownerOf(ctx));
    const form = {
      action: registerPath,
      csrf: csrf.issue(ctx.state.session.uid),
      purpose: 'register',
    } as const;
    return deps.cardForms({ ...form, challenge: text, challengeHref: challengePath });
  }

  function answer(ctx: PortalContext, status: number, more: Partial<RegisterCertificateModel>): void {
    const { account } = ctx.state;
    keepOwnPopUps(ctx);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, registerPath), {
      navigation: deps.navigation.of(ctx.state, 'certificates'),
      name: account.name,
      freshMinutes: policy.freshMinutes,
      isFirst: account.certificates.length === 0,
      logInHref: `${logInPath}?to=register`,
      certificatesHref: certificatesPath,
      errors: [],
      ...more,
    });
  }

  /** The form with a new challenge, or why there is none. */
  async function showForm(ctx: PortalContext, status: number, reason?: ToldRefusal): Promise<void> {
    const verdict = permitted(ctx);
    if (!verdict.ok) return answer(ctx, 403, { refusal: verdict.reason });
    const told = reason && registerError(reason);
    answer(ctx, status, {
      card: await cardOf(ctx),
      ...(told && { errors: [told.error] }),
      ...(told?.advice && { advice: told.advice }),
    });
  }

  return {
    show: (ctx) => showForm(ctx, 200),

    async challenge(ctx) {
      if (!permitted(ctx).ok) throw new HufuError('not-permitted');
      const { text } = await challenges.issue(ownerOf(ctx));
      ctx.body = { challenge: text } satisfies ChallengeAnswer;
    },

    async register(ctx) {
      const { account, session } = ctx.state;
      const form = parseForm(ctx, formSchema);
      csrf.check(session.uid, form.csrf);
      if (form.signature === '') return showForm(ctx, 422, 'no-signature');
      const context = auditContextOf(ctx.state, { actor: `person:${account.id}` });
      const prove = () => deps.verifySignature(ownerOf(ctx), form.signature);
      const result = await deps.registerCertificate({ account, session }, prove, context);
      if (!result.ok) {
        const { reason } = result;
        if (isFactorRefusal(reason)) return answer(ctx, 403, { refusal: reason });
        return showForm(ctx, 422, reason);
      }
      const { binding, replaced } = result;
      const shown = shownCertificate(account, binding, clock.now(), policy.certificateWarnDays);
      answer(ctx, 200, {
        logInHref: `${logInPath}?to=home`,
        done: { certificate: shown, replaced: replaced.length > 0 },
      });
    },
  };
}

/** Bound to the session and to its account: a session that another person has taken over signs for nobody else. */
function ownerOf({ state }: PortalContext): ChallengeOwner {
  return {
    purpose: 'register',
    binding: `${state.session.uid}:${state.account.id}`,
    clientId: portalClientId,
  };
}
