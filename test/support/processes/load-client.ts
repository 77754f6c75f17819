/** One person after another at one hub: first logins, one-day logins with a password change, logins, log-outs. */
import { randomInt } from 'node:crypto';
import { createHttpBrowser } from '#test/support/http-browser.ts';
import { noteCanary } from '#test/support/hub/canaries.ts';
import { codeIn, hasCode } from '#test/support/hub/mailbox.ts';
import {
  authorizationRequest,
  signingIn,
  solveCaptcha,
  type Shown,
  type SigningIn,
} from '#test/support/hub/signing-in.ts';
import type { Installation } from './installation.ts';
import { keepSession, type Ledger, type LoadedPerson } from './ledger.ts';

export interface Load {
  /** Nobody begins anything more; resolves when everybody has noticed. */
  stop(): Promise<void>;
}

/** The hub is gone, or has not answered as it should while it went. */
class Interrupted extends Error {}

/** Above the least time between two codes to one person. */
const codePauseMs = 10_500;

export function startLoad(installation: Installation, ledger: Ledger, clients: number): Load {
  const { origin, mailbox } = installation;
  const stopping = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    stopping.signal.addEventListener('abort', () => reject(new Interrupted()));
  });
  interrupted.catch(() => undefined);

  const take = (): LoadedPerson | undefined => {
    const now = Date.now();
    const free = ledger.people.filter((each) => !each.busy && now - each.lastCodeAt > codePauseMs);
    const chosen = free[Math.floor(Math.random() * free.length)];
    if (chosen) chosen.busy = true;
    return chosen;
  };

  /** Posts and gives the answer of this very post: from then on it is acknowledged. */
  async function post(at: SigningIn, page: Shown, fields: Record<string, string>): Promise<Response> {
    const body = new URLSearchParams({ csrf: page.csrf, ...fields });
    const response = await at.browser.fetch(page.url, { method: 'POST', body, headers: { Origin: origin } });
    await response.arrayBuffer();
    if (response.status >= 500) throw new Error(`a page answered ${response.status} under load`);
    return response;
  }

  async function sendCode(at: SigningIn, page: Shown, each: LoadedPerson): Promise<string> {
    const { person } = each;
    const before = (await mailbox.mailsTo(person.email)).length;
    const altcha = await solveCaptcha(at, page);
    each.lastCodeAt = Date.now();
    const typed = { account: person.nationalId, password: each.password, code: '', altcha };
    const sent = await post(at, page, { action: 'send-code', ...typed });
    if (sent.status !== 200) throw new Error(`send-code answered ${sent.status}`);
    each.codesAcknowledged += 1;
    return codeIn(await Promise.race([mailbox.nextMailTo(person.email, before, hasCode), interrupted]));
  }

  async function logIn(at: SigningIn, page: Shown, each: LoadedPerson, code: string): Promise<Shown> {
    const altcha = await solveCaptcha(at, page);
    const typed = { account: each.person.nationalId, password: each.password, code, altcha };
    each.loginsSent += 1;
    const answer = await post(at, page, { action: 'login', ...typed });
    // The code came out of a mail that a hub killed before had not delivered: the one asked for now is another.
    if (answer.status === 422) throw new Interrupted();
    if (answer.status !== 303) throw new Error(`login answered ${answer.status}`);
    each.loginsAcknowledged += 1;
    return at.open(answer.headers.get('Location') ?? '');
  }

  async function setPassword(at: SigningIn, page: Shown, each: LoadedPerson): Promise<Shown> {
    // Letters alone: digits might happen to be the person's birthday, which no password may hold.
    const chosen = `Correct-horse-7-${randomLetters(12)}`;
    noteCanary(chosen);
    each.pending = chosen;
    const answer = await post(at, page, { new_password: chosen, new_password_again: chosen });
    if (answer.status !== 303) throw new Error(`change-password answered ${answer.status}`);
    Object.assign(each, { password: chosen, pending: undefined, stage: 'open' });
    ledger.touched.add(each);
    return at.open(answer.headers.get('Location') ?? '');
  }

  async function story(each: LoadedPerson): Promise<void> {
    const at = signingIn(installation, createHttpBrowser(origin));
    const form = await at.open(authorizationRequest(installation, 'csm').url);
    let page = await logIn(at, form, each, await sendCode(at, form, each));
    if (page.url.pathname.endsWith('/rules-of-use')) {
      page = await at.post(page.url, { csrf: page.csrf, version: '2026-1', agree: 'yes' });
      return void (await setPassword(at, page, each));
    }
    if (page.url.pathname.endsWith('/change-password')) page = await setPassword(at, page, each);
    if (!page.leads?.searchParams.get('code')) throw new Error(`no code after a login: ${page.status}`);
    const session = keepSession(at.browser, origin);
    if (Math.random() < 0.5) return void ledger.loggedIn.push(session);
    const home = await at.open('/');
    const out = await post(at, { ...home, url: new URL('/log-out', origin) }, {});
    if (out.status === 303) ledger.loggedOut.push(session);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const each = take();
      if (!each) return;
      try {
        await story(each);
      } catch (error) {
        // What goes wrong because the hub was killed is what the ledger is for; all else is a fault.
        if (!stopping.signal.aborted && !(error instanceof Interrupted)) throw error;
      } finally {
        each.busy = false;
      }
    }
  }

  const running = Promise.all(Array.from({ length: clients }, run));
  // Looked at in stop; a fault before that must not end the test process.
  running.catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function randomLetters(length: number): string {
  return Array.from({ length }, () => String.fromCharCode(97 + randomInt(26))).join('');
}
