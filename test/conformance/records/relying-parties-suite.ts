import { expect, test } from 'vitest';
import type { RelyingPartyRegister } from '#domain/relying-party-register.ts';

const at = new Date('2026-11-26T02:00:00Z');
const later = new Date('2026-11-27T02:00:00.123Z');
const secret = { hash: 'hash-1', createdAt: at };
const kept = { clientId: 'csm', registration: { client_id: 'csm', name: '公司登記' }, secrets: [secret] };

/** `register` gives the one of this test, empty; `reopen` the same of a connection made anew. */
export function describeRelyingPartyRegister(
  register: () => RelyingPartyRegister,
  reopen: () => Promise<RelyingPartyRegister>,
): void {
  test('keeps what is added, in the order of ids, over a new connection too', async () => {
    await register().addRelyingParty({ ...kept, clientId: 'fms', secrets: [] }, at);
    await register().addRelyingParty(kept, at);
    const again = await reopen();
    const csm = { ...kept, revision: 1, enabled: true, createdAt: at, changedAt: at };
    expect(await again.listRelyingParties()).toEqual([csm, { ...csm, clientId: 'fms', secrets: [] }]);
    expect(await again.findRelyingParty('csm')).toEqual(csm);
    expect(await again.findRelyingParty('CSM')).toBeUndefined();
  });

  test('takes an id once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => register().addRelyingParty(kept, at)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(register().addRelyingParty(kept, at)).rejects.toMatchObject({ code: 'not-unique' });
  });

  test('changes what is named, at the revision that was seen, once', async () => {
    await register().addRelyingParty(kept, at);
    const secrets = [
      { hash: 'hash-2', createdAt: later },
      { ...secret, until: later },
    ];
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => register().changeRelyingParty('csm', 1, { secrets }, later)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await register().findRelyingParty('csm')).toEqual({
      ...kept,
      secrets,
      revision: 2,
      enabled: true,
      createdAt: at,
      changedAt: later,
    });
    await register().changeRelyingParty('csm', 2, { enabled: false, registration: { name: 'x' } }, later);
    expect(await register().findRelyingParty('csm')).toMatchObject({
      enabled: false,
      registration: { name: 'x' },
      secrets,
      revision: 3,
    });
  });

  test('removes at the revision that was seen', async () => {
    await register().addRelyingParty(kept, at);
    await expect(register().removeRelyingParty('csm', 2)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    await register().removeRelyingParty('csm', 1);
    await expect(register().removeRelyingParty('csm', 1)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await register().listRelyingParties()).toEqual([]);
  });

  test('has another version after each change, and after no refusal', async () => {
    const versions = [await register().readVersion()];
    const note = async () => versions.push(await register().readVersion());
    await register().addRelyingParty(kept, at);
    await note();
    await register().changeRelyingParty('csm', 1, { enabled: false }, at);
    await note();
    await register()
      .changeRelyingParty('csm', 1, { enabled: true }, at)
      .catch(() => undefined);
    await note();
    await register().removeRelyingParty('csm', 2);
    await note();
    expect(versions).toEqual([0, 1, 2, 2, 3]);
  });
}
