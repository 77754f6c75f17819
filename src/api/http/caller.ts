/** Who calls: token → how often → actor. Beyond it every call has an actor with both ceilings, and what the trail says of it. */
import type { IncomingMessage } from 'node:http';
import type { ClientActor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import { parseOid } from '#domain/oid.ts';
import type { CounterStore } from '#domain/protocol-store.ts';
import { auditContextOf, type RequestState } from '#http/request-state.ts';
import { ApiProblem, type ProblemCode } from '../problem.ts';

/** Form and reason of its registration, for requests that have no place for them. */
export interface StandingWarrant {
  readonly form: string;
  readonly reason: string;
}

/** Port to the provider, which issued the token. */
export type JudgeToken = (request: {
  readonly req: IncomingMessage;
  readonly method: string;
  readonly path: string;
}) => Promise<
  | {
      readonly ok: true;
      readonly program: {
        readonly clientId: string;
        readonly scopes: readonly string[];
        readonly scopeOid: string;
        readonly categories: readonly string[];
        readonly warrant?: StandingWarrant;
      };
      /** Whether token and rights are still these. */
      readonly stillHolds: () => Promise<boolean>;
    }
  | { readonly ok: false; readonly reason: 'no-token' | 'invalid-token' | 'not-bound' }
>;

export interface Caller {
  readonly actor: ClientActor;
  readonly context: AuditContext;
  readonly standingWarrant?: StandingWarrant;
  /** Asked again while an answer that takes long is on its way. */
  readonly stillMay: () => Promise<boolean>;
}

export interface CallerDeps {
  readonly judgeToken: JudgeToken;
  readonly counters: Pick<CounterStore, 'add'>;
  readonly clock: Clock;
  readonly requestsPerMinute: number;
}

/** Throws ApiProblem `token-…` and `too-many`. */
export type FindCaller = (
  request: Parameters<JudgeToken>[0],
  state: Pick<RequestState, 'requestId' | 'address' | 'language'>,
) => Promise<Caller>;

const codes = {
  'no-token': 'token-required',
  'invalid-token': 'token-invalid',
  'not-bound': 'token-not-bound',
} as const satisfies Record<string, ProblemCode>;

/** RFC 6750, section 3: without a token no error is named. */
const challenges = {
  'no-token': 'Bearer, DPoP algs="ES256 PS256 EdDSA Ed25519"',
  'invalid-token': 'Bearer error="invalid_token"',
  'not-bound': 'DPoP error="invalid_dpop_proof", algs="ES256 PS256 EdDSA Ed25519"',
} as const;

export function createFindCaller(deps: CallerDeps): FindCaller {
  return async (request, state) => {
    const verdict = await deps.judgeToken(request);
    if (!verdict.ok) {
      const { reason } = verdict;
      throw new ApiProblem(codes[reason], {}, { 'WWW-Authenticate': challenges[reason] });
    }
    const { clientId, scopes, scopeOid: text, categories, warrant } = verdict.program;
    await checkRate(deps, clientId);
    const scopeOid = parseOid(text);
    // A registration that names no place sees nobody.
    if (!scopeOid) throw new ApiProblem('not-permitted', { why: 'outside-jurisdiction' });
    return {
      actor: { kind: 'client', id: clientId, scopes, scopeOid, categories },
      context: auditContextOf(state, { actor: `client:${clientId}`, clientId }),
      ...(warrant && { standingWarrant: warrant }),
      stillMay: verdict.stillHolds,
    };
  };
}

const minute = 60_000;

async function checkRate(deps: CallerDeps, clientId: string): Promise<void> {
  const now = deps.clock.now().getTime();
  const ends = (Math.floor(now / minute) + 1) * minute;
  const { count } = await deps.counters.add(`api-requests:${clientId}:${ends}`, 1, new Date(ends));
  if (count <= deps.requestsPerMinute) return;
  const seconds = Math.max(1, Math.ceil((ends - now) / 1000));
  throw new ApiProblem('too-many', {}, { 'Retry-After': String(seconds) });
}
