/**
 * Idempotency keys (draft-ietf-httpapi-idempotency-key-header): a request repeated with its key gives the answer of the first.
 * What is kept for a day is a keyed hash of key and body, and the account's id.
 */
import { parseAccountId, type AccountId } from '#domain/account.ts';
import type { ApiServices } from '../services.ts';
import { ApiProblem } from '../problem.ts';

type Deps = Pick<ApiServices, 'oneTime' | 'sealing' | 'clock'>;

export interface KeyedRequest {
  readonly clientId: string;
  readonly key: string;
  readonly body: unknown;
}

const hours = 3_600_000;
/** A process that dies on the way must not block the retry for long. */
const pendingMs = 60_000;
const purpose = 'api-idempotency';

/** `act` once; gives the id of its account each time. Throws ApiProblem `key-reused`, `in-progress`, and what `act` throws. */
export async function actOnce(
  deps: Deps,
  request: KeyedRequest,
  act: () => Promise<AccountId>,
): Promise<AccountId> {
  const { oneTime, sealing, clock } = deps;
  const later = (ms: number) => new Date(clock.now().getTime() + ms);
  const place = `api-once:${sealing.index(`${request.clientId}\0${request.key}`, purpose)}`;
  const pending = sealing.index(JSON.stringify(request.body), purpose);
  if (!(await oneTime.placeFirst(place, pending, later(pendingMs)))) {
    // Gone by now: the first one failed a moment ago.
    const [was = '', id = ''] = ((await oneTime.peek(place)) ?? pending).split(' ');
    if (was !== pending) throw new ApiProblem('key-reused');
    const done = parseAccountId(id);
    if (done) return done;
    throw new ApiProblem('in-progress', {}, { 'Retry-After': '1' });
  }
  try {
    const id = await act();
    await oneTime.place(place, `${pending} ${id}`, later(24 * hours));
    return id;
  } catch (error) {
    await oneTime.takeIfEqual(place, pending);
    throw error;
  }
}
