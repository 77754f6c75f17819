import { expect, test } from 'vitest';
import { MalformedCertificate } from '#certificates/certificate.ts';
import { checkPath } from '#certificates/check-path.ts';
import { refuse, type Verdict } from '#certificates/verdict.ts';
import { pkitsPolicy, pkitsQuestion, pkitsRuns, type PkitsRun } from '#test/support/certificates/pkits.ts';

/** Valid runs that are refused, with why. */
const refusedOnPurpose: Readonly<Record<string, string>> = {
  // DSA with SHA-1.
  '4.1.4': 'weak-algorithm',
  '4.1.5': 'weak-algorithm',
};

async function verdictOn(run: PkitsRun): Promise<Verdict> {
  try {
    return await checkPath(pkitsQuestion(run));
  } catch (error) {
    if (error instanceof MalformedCertificate) return refuse('malformed', error.code);
    throw error;
  }
}

test('PKITS has 249 runs, of which 112 can be valid here', () => {
  const valid = pkitsRuns.filter((run) => run.valid && refusedOnPurpose[run.id] === undefined);
  expect([pkitsRuns.length, valid.length]).toEqual([249, 112]);
});

test.each(pkitsRuns)('PKITS $id $name', async (run) => {
  const verdict = await verdictOn(run);
  const expected = refusedOnPurpose[run.id];
  if (!run.valid || expected !== undefined) {
    expect(verdict).toMatchObject({ ok: false, ...(expected && { reason: expected }) });
    return;
  }
  expect(verdict).toMatchObject({ ok: true });
  if (verdict.ok) expect(verdict.evidence).toHaveLength(verdict.path.length);
  const policies = run.userConstrainedPolicySet?.filter((name) => name !== '').map(pkitsPolicy);
  if (verdict.ok && policies) expect(verdict.policies.toSorted()).toEqual(policies.toSorted());
});
