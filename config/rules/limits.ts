/** Numbers and texts that must fit each other. */
import type { ValueFault } from '../resolve-values.ts';
import { numberAt, textAt, valueAt } from './read-value.ts';

export function checkLimits(config: unknown): ValueFault[] {
  return [
    ...checkSession(config),
    ...checkMailLogin(config),
    ...checkRulesOfUse(config),
    ...checkPasswordAges(config),
  ];
}

function checkSession(config: unknown): ValueFault[] {
  const idle = numberAt(config, 'session', 'idleMinutes') ?? 240;
  const absolute = numberAt(config, 'session', 'absoluteHours') ?? 12;
  if (idle <= absolute * 60) return [];
  return [
    {
      path: ['session', 'idleMinutes'],
      expected: `at most absoluteHours (${absolute * 60} minutes)`,
      found: String(idle),
    },
  ];
}

function checkMailLogin(config: unknown): ValueFault[] {
  const user = valueAt(config, 'mail', 'user');
  const password = valueAt(config, 'mail', 'password');
  if ((user === undefined) === (password === undefined)) return [];
  const missing = user === undefined ? 'user' : 'password';
  return [{ path: ['mail', missing], expected: 'user and password together', found: 'nothing' }];
}

/** An agreement names the version: other texts under the shipped version would falsify every one of them. */
function checkRulesOfUse(config: unknown): ValueFault[] {
  const hasOwnText = ['zh', 'en'].some((language) => textAt(config, 'rulesOfUse', language) !== undefined);
  if (!hasOwnText || valueAt(config, 'rulesOfUse', 'version') !== undefined) return [];
  return [
    {
      path: ['rulesOfUse', 'version'],
      expected: 'a version of your own beside texts of your own',
      found: 'nothing',
    },
  ];
}

function checkPasswordAges(config: unknown): ValueFault[] {
  const least = numberAt(config, 'password', 'minAgeDays') ?? 1;
  const most = numberAt(config, 'password', 'maxAgeDays') ?? 90;
  if (least < most) return [];
  return [
    { path: ['password', 'minAgeDays'], expected: `fewer than maxAgeDays (${most})`, found: String(least) },
  ];
}
