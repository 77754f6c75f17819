/**
 * The certificate pages over HTTP, each request in the session of one of two people; their accounts are kept in memory
 * with the directory's rules of revision and uniqueness. A "signature" is the text of the challenge itself.
 */
import { bodyParser } from '@koa/bodyparser';
import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import { createRegisterCertificate } from '#accounts/register-certificate.ts';
import { createRemoveCertificate } from '#accounts/remove-certificate.ts';
import { createAuditTrail } from '#audit/trail.ts';
import { createSignedChallenges } from '#authentication/signed-challenges.ts';
import type { ValidPath } from '#certificates/verdict.ts';
import type { Account, AccountId } from '#domain/account.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import { HufuError } from '#domain/errors.ts';
import { sealingContext } from '#domain/sealing.ts';
import { createCsrf } from '#http/csrf.ts';
import { createAssets } from '#pages/assets.ts';
import { createCardForms } from '#pages/card-form.ts';
import { createNavigation } from '#pages/portal-navigation.ts';
import { createViews } from '#pages/views.ts';
import { createCertificateHandlers } from '#portal/certificates/certificate-handlers.ts';
import { logInWithCertificate } from '#portal/certificates/log-in-handler.ts';
import { createRegisterHandlers } from '#portal/certificates/register-handlers.ts';
import type { PortalHandler, PortalSession, PortalState } from '#portal/session/portal-session.ts';
import { createMemoryAuditStore } from '#test/support/audit-world.ts';
import { sampleBrand } from '#test/support/gallery/sample-brand.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createMemoryDirectory } from '#test/support/memory/account-directory.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { realRandom } from '#test/support/real.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import { samplePath } from '#test/support/valid-paths.ts';
import { openLoginStores } from '../../authentication/login-stores.ts';
import { listeningApp, type Answer } from '../../http/listening-app.ts';

export type Who = 'a' | 'b';

const nationalIds = { a: 'A123456789', b: 'B123456780' } as const;

export function sealedId(who: Who, nationalId: string) {
  return testSealing.seal(nationalId, sealingContext('national-id', sampleId(who)));
}

export function person(who: Who, changes: Partial<Account> = {}): Account {
  const id = sampleId(who);
  return sampleAccount({
    id,
    nationalId: sealedId(who, nationalIds[who]),
    name: who === 'a' ? '王小明' : '陳大文',
    ...changes,
  });
}

/** The card of a person, as the path of its certificate. */
export function cardOf(who: Who, changes: { name?: string; lastFour?: string } = {}): ValidPath {
  return samplePath({
    name: person(who).name,
    serialNumber: who === 'a' ? '0012345678901234' : '0099999999999999',
    lastFour: nationalIds[who].slice(-4),
    ...changes,
  });
}

export async function certificatePages(...people: readonly Account[]) {
  const { clock, oneTime } = openLoginStores();
  const directory = createMemoryDirectory(testSealing);
  for (const account of people) directory.put(account);
  const accountOf = (id: AccountId) => directory.all().find((account) => account.id === id);
  const store = createMemoryAuditStore();
  const audit = createAuditTrail({ store, clock, random: realRandom, log: createKeptLog() });
  const issuer = 'https://hub.test';
  const challenges = createSignedChallenges({ store: oneTime, random: realRandom, clock, issuer });
  const mails: string[] = [];
  const ended: string[] = [];
  const sessions: Record<Who, PortalSession> = {
    a: { uid: 'session-a', accountId: sampleId('a'), level: 2, loggedInAt: clock.now() },
    b: { uid: 'session-b', accountId: sampleId('b'), level: 2, loggedInAt: clock.now() },
  };
  /** Certificate in the reader. */
  let card = cardOf('a');

  const csrf = createCsrf(Buffer.alloc(32, 1));
  const policy = { freshMinutes: 5, fromOtherSessions: false, certificateWarnDays: 60 };
  const deeds = { accounts: directory.accounts, audit, sealing: testSealing, clock, policy };
  const mail = (kind: string) => async () => void mails.push(kind);
  const everybody = { certificates: () => true, registry: () => false, operators: () => false };
  const parts = {
    views: createViews({ brand: sampleBrand, assets: createAssets() }),
    csrf,
    navigation: createNavigation(csrf, everybody),
    clock,
    policy,
  };
  const own = createCertificateHandlers({
    ...parts,
    endOtherSessions: async ({ state }) =>
      void ended.push(`all of ${state.account.id} but ${state.session.uid}`),
    removeCertificate: createRemoveCertificate({
      ...deeds,
      notices: { certificateRemoved: mail('removed') },
    }),
  });
  const registration = createRegisterHandlers({
    ...parts,
    challenges,
    cardForms: createCardForms(issuer, {
      addresses: ['http://localhost:61161/popupForm'],
      downloadUrl: 'https://cards.example',
      unlockUrl: 'https://cards.example/unlock',
    }),
    registerCertificate: createRegisterCertificate({
      ...deeds,
      notices: { certificateRegistered: mail('registered') },
    }),
    async verifySignature(owner, signature) {
      const consumed = await challenges.consume(owner);
      if (!consumed.ok) return { ...consumed, evidence: {} };
      if (consumed.challenge.text !== signature)
        return { ok: false, reason: 'foreign-challenge', evidence: {} };
      return { ok: true, path: card, evidence: { challenge: consumed.challenge.digest } };
    },
  });

  const inSession: PortalHandler = async (ctx, next) => {
    const who = ctx.get('X-Who') as Who;
    const session = sessions[who];
    const account = accountOf(session.accountId);
    if (!account) throw new HufuError('not-found');
    Object.assign(ctx.state, { requestId: 'r', address: '192.0.2.1', language: 'en', session, account });
    await next();
  };
  const router = new Router<PortalState>();
  router.use(inSession);
  router.get('/certificates', own.list);
  router.get('/certificates/remove', own.askRemoval);
  router.post('/certificates/remove', own.remove);
  router.get('/certificates/register', registration.show);
  router.post('/certificates/register', registration.register);
  router.get('/certificates/register/challenge', registration.challenge);
  router.get('/certificates/log-in', logInWithCertificate(issuer, 'urn:hufu:loa:3'));
  const routes = router.routes() as Middleware;
  const app = await listeningApp(bodyParser({ enableTypes: ['form'] }), routes);

  const readable = (answer: Answer): Answer => ({
    ...answer,
    body: answer.body.replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'"),
  });
  const get = async (who: Who, path: string) => readable(await app.send(`GET ${path}`, [`X-Who: ${who}`]));
  const post = async (who: Who, path: string, form: Readonly<Record<string, string>>) =>
    readable(
      await app.send(
        `POST ${path}`,
        [`X-Who: ${who}`, 'Content-Type: application/x-www-form-urlencoded'],
        new URLSearchParams({ csrf: csrf.issue(sessions[who].uid), ...form }).toString(),
      ),
    );

  return {
    clock,
    mails,
    ended,
    get,
    post,
    account: (who: Who) => accountOf(sampleId(who)),
    events: () => store.entries.map(({ entry }) => JSON.parse(entry) as AuditEvent),
    csrfOf: (who: Who) => csrf.issue(sessions[who].uid),
    insert: (path: ValidPath) => {
      card = path;
    },
    logIn: (who: Who, level: PortalSession['level']) => {
      sessions[who] = { ...sessions[who], level, loggedInAt: clock.now() };
    },
    /** The challenge that a page shows. */
    async challenge(who: Who): Promise<string> {
      const { body } = await get(who, '/certificates/register');
      return /data-card-challenge>([^<]+)</.exec(body)?.[1] ?? '';
    },
    register: (who: Who, signature: string) => post(who, '/certificates/register', { signature }),
  };
}
