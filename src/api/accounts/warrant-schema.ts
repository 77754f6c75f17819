import { z } from 'zod';
import { judgeWarrant } from '#accounts/warrant.ts';

/** What a deed rests on: the number of a form or letter, and a reason. Required with every change, as on the pages. */
export const warrantSchema = z
  .strictObject({
    form: z.string().max(200).describe('Number of the form or letter, 60 characters at most.'),
    reason: z.string().max(1000).describe('Reason in words, 200 characters at most.'),
  })
  .transform((typed, context) => {
    const verdict = judgeWarrant(typed);
    if (verdict.ok) return verdict.warrant;
    for (const { field, fault } of verdict.faults) {
      context.addIssue({ code: 'custom', path: [field], message: `expected: not ${fault}` });
    }
    return z.NEVER;
  });
