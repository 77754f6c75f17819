/**
 * How strongly somebody logged in. One row a login method; everything that depends on the method reads this
 * table (design: amr, assurance levels).
 */

/** Hufu's own scale: 1 opening password, 2 second factor, 3 verified card or mobile certificate. */
export type AssuranceLevel = 1 | 2 | 3;

/** What a role or a system may require of a login. */
export type Requirement = 'certificate' | 'second-factor';

interface MethodRow {
  readonly level: AssuranceLevel;
  /** RFC 8176 values. */
  readonly amr: readonly string[];
  /** The strongest requirement that this method meets. */
  readonly meets: Requirement | 'nothing';
}

export const loginMethods = {
  'opening-password': { level: 1, amr: ['pwd'], meets: 'nothing' },
  'one-day-password': { level: 2, amr: ['pwd', 'otp'], meets: 'second-factor' },
  certificate: { level: 3, amr: ['sc', 'pin', 'mfa'], meets: 'certificate' },
  // TLS proves a key, not where it is nor that anybody typed a PIN just now (docs/decisions/0020).
  'certificate-tls': { level: 3, amr: ['pop'], meets: 'certificate' },
} as const satisfies Record<string, MethodRow>;

export type LoginMethod = keyof typeof loginMethods;

/** Assurance as it is frozen into codes, tokens and sessions. */
export interface Assurance {
  readonly level: AssuranceLevel;
  readonly amr: readonly string[];
}

export function assuranceOf(method: LoginMethod): Assurance {
  const { level, amr } = loginMethods[method];
  return { level, amr };
}

/** Level of the strongest of the ways to log in that a deployment has. */
export function strongestLevel(methods: readonly LoginMethod[]): AssuranceLevel {
  const levels: AssuranceLevel[] = methods.map((method) => loginMethods[method].level);
  return levels.reduce((most, level) => (level > most ? level : most), 1);
}

/** Whether a login at `level` meets `requirement`. Level 1 meets nothing. */
export function meets(level: AssuranceLevel, requirement: Requirement): boolean {
  return level >= (requirement === 'certificate' ? 3 : 2);
}
