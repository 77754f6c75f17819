import { expect, test } from 'vitest';
import { answerUnaltered, runMutations } from '#test/support/certificates/mutation-run.ts';

const seed = Number(process.env.MUTATION_SEED ?? Math.floor(Math.random() * 2 ** 32));

test('unaltered, what is mutated below is valid', async () => {
  expect(await answerUnaltered('p-256')).toBe('valid');
  expect(await answerUnaltered('rsa-2048')).toBe('valid');
});

test(`5,000 altered certificates and CRLs: none is valid, nothing breaks (MUTATION_SEED=${seed})`, async () => {
  const { answers, faults, slowestMs } = await runMutations(seed, 5000);
  expect(faults).toEqual([]);
  // Some got past the parser, else nothing but the parser was tried.
  expect(answers.untrusted ?? 0).toBeGreaterThan(50);
  expect(answers['revocation-unknown'] ?? 0).toBeGreaterThan(50);
  expect(slowestMs).toBeLessThan(1000);
});
