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

/** Sections that are about revocation alone. */
const aboutRevocation = /^4\.(?:4|5|7\.[45]|14|15)(?:\.|$)/;

async function verdictOn(run: PkitsRun): Promise<Verdict> {
  try {
    return await checkPath(pkitsQuestion(run));
  } catch (error) {
    if (error instanceof MalformedCertificate) return refuse('malformed', error.code);
    throw error;
  }
}

const runs = pkitsRuns.filter(({ id, valid }) => valid || !aboutRevocation.test(id));

test.each(runs)('PKITS $id $name', async (run) => {
  const verdict = await verdictOn(run);
  const expected = refusedOnPurpose[run.id];
  if (!run.valid || expected !== undefined) {
    expect(verdict).toMatchObject({ ok: false, ...(expected && { reason: expected }) });
    return;
  }
  expect(verdict).toMatchObject({ ok: true });
  const policies = run.userConstrainedPolicySet?.filter((name) => name !== '').map(pkitsPolicy);
  if (verdict.ok && policies) expect(verdict.policies.toSorted()).toEqual(policies.toSorted());
});
