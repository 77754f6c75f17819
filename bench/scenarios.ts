/** The flows that are measured, each from the first request to the last answer. */
import { measure, type Bounds, type Flow, type Sample } from './measure.ts';
import { authorize, basicOf, call, redeem, type Target, type Tokens } from './target.ts';
import { createVisitor, type Visitor } from './visitor.ts';

export interface Scenario {
  readonly name: string;
  /** What a flow is made of. */
  readonly of: string;
  /** Whether a flow uses up a login of one person. */
  readonly perPerson: boolean;
  start(target: Target, callers: readonly Caller[]): Flow;
}

/** Somebody with a session, as one relying party has them. */
export interface Caller {
  readonly visitor: Visitor;
  tokens: Tokens;
}

async function logIn(
  target: Target,
  visitor: Visitor,
  nth: number,
): Promise<{ tokens: Tokens; ownMs: number }> {
  const { shown: page, verifier } = await authorize(target, visitor);
  const { shown, ownMs } = await target.logIn(visitor, page, nth);
  return { tokens: await redeem(target, visitor, shown, verifier), ownMs };
}

/** Logs `count` people in, the first of all. */
export async function openCallers(target: Target, count: number): Promise<readonly Caller[]> {
  await target.prepareLogins();
  return Promise.all(
    Array.from({ length: count }, async (_, nth) => {
      const visitor = createVisitor();
      const { tokens } = await logIn(target, visitor, nth);
      return { visitor, tokens };
    }),
  );
}

function callerOf(callers: readonly Caller[], nth: number): Caller {
  const caller = callers[nth];
  if (!caller) throw new Error('more callers than people logged in');
  return caller;
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'login',
    of: 'authorization request → login page → captcha → password and check code → code → token',
    perPerson: true,
    start(target) {
      let next = 0;
      return async () => {
        next += 1;
        return (await logIn(target, createVisitor(), next - 1)).ownMs;
      };
    },
  },
  {
    name: 'SSO',
    of: 'authorization request with a session → code → token → userinfo',
    perPerson: false,
    start: (target, callers) => async (nth) => {
      const { visitor } = callerOf(callers, nth);
      const { shown, verifier } = await authorize(target, visitor);
      const tokens = await redeem(target, visitor, shown, verifier);
      const bearer = { authorization: `Bearer ${tokens.access_token}` };
      await call(target, visitor, '/oidc/userinfo', undefined, bearer);
    },
  },
  {
    name: 'refresh',
    of: 'refresh token → rotated refresh token, access token, ID token',
    perPerson: false,
    start: (target, callers) => async (nth) => {
      const caller = callerOf(callers, nth);
      const fields = { grant_type: 'refresh_token', refresh_token: caller.tokens.refresh_token };
      caller.tokens = JSON.parse(await call(target, caller.visitor, '/oidc/token', fields)) as Tokens;
    },
  },
  {
    name: 'introspection',
    of: 'access token → what it stands for',
    perPerson: false,
    start: (target, callers) => async (nth) => {
      const { visitor, tokens } = callerOf(callers, nth);
      const answer = await call(target, visitor, '/oidc/introspection', { token: tokens.access_token });
      if (!answer.includes('"active":true')) throw new Error(`${target.name}: the token is not active`);
    },
  },
  {
    name: 'client credentials',
    of: "a program's credentials → access token for the API",
    perPerson: false,
    start: (target, callers) => async (nth) => {
      const fields = { grant_type: 'client_credentials', scope: 'accounts.read' };
      await call(target, callerOf(callers, nth).visitor, '/oidc/token', fields, basicOf('personnel'));
    },
  },
  {
    name: 'discovery',
    of: 'the provider metadata',
    perPerson: false,
    start: (target, callers) => async (nth) => {
      await call(target, callerOf(callers, nth).visitor, '/.well-known/openid-configuration', undefined, {});
    },
  },
];

export interface Timed extends Sample {
  /** Processor time of the server's process. */
  readonly cpuMicroseconds: number;
}

/** One sample of `scenario`; whoever logs in must have been prepared. */
export async function time(flow: Flow, target: Target, bounds: Bounds): Promise<Timed> {
  const before = await target.child.ask<number>('cpuMicroseconds');
  const measured = await measure(flow, bounds);
  return { ...measured, cpuMicroseconds: (await target.child.ask<number>('cpuMicroseconds')) - before };
}
