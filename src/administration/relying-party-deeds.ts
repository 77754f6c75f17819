/**
 * What programme officers do to the relying parties of the register. Each deed: judged by the rules of configured ones,
 * then carried out between intent and outcome in the audit trail. Secrets are made here and given out once.
 */
import { createHash } from 'node:crypto';
import { auditedChange } from '#audit/audited-change.ts';
import { differences, keptThingChanged, type KeptThingFacts } from '#audit/registry-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import { isHufuError } from '#domain/errors.ts';
import type { Random } from '#domain/random.ts';
import type {
  KeptRelyingParty,
  RelyingPartyChange,
  RelyingPartyRegister,
} from '#domain/relying-party-register.ts';

export type Registration = KeptRelyingParty['registration'];

export interface RegistrationFault {
  /** Key of the registration; empty: the whole of it. */
  readonly key: string;
  readonly expected: string;
}

export type RegistrationVerdict =
  | {
      readonly ok: true;
      readonly clientId: string;
      readonly registration: Registration;
      readonly wantsSecret: boolean;
    }
  | { readonly ok: false; readonly faults: readonly RegistrationFault[] };

export type JudgeRegistration = (registration: Registration) => Promise<RegistrationVerdict>;

export type RegistrationOutcome =
  | { readonly ok: true; readonly clientId: string; readonly secret?: string }
  | { readonly ok: false; readonly faults: readonly RegistrationFault[] };

/** Those that take what was seen throw `changed-meanwhile` when it is no longer so. */
export interface RelyingPartyDeeds {
  readonly judge: JudgeRegistration;
  add(registration: Registration, context: AuditContext): Promise<RegistrationOutcome>;
  /** A secret comes back where the new way of proving who it is wants the first one. */
  change(
    seen: KeptRelyingParty,
    registration: Registration,
    context: AuditContext,
  ): Promise<RegistrationOutcome>;
  /** Makes another secret; the ones before are good for `overlapDays` more at most, 0: not at all. */
  replaceSecret(seen: KeptRelyingParty, overlapDays: number, context: AuditContext): Promise<string>;
  /** Disabling ends every grant of it, and with them its tokens. */
  setEnabled(seen: KeptRelyingParty, enabled: boolean, context: AuditContext): Promise<void>;
  remove(seen: KeptRelyingParty, context: AuditContext): Promise<void>;
}

interface Dependencies {
  readonly register: RelyingPartyRegister;
  readonly judge: JudgeRegistration;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle'>;
  readonly revokeGrantsOf: (clientId: string) => Promise<void>;
  readonly clock: Clock;
  readonly random: Pick<Random, 'token'>;
}

const dayMs = 24 * 3600 * 1000;

export function createRelyingPartyDeeds(deps: Dependencies): RelyingPartyDeeds {
  const { register, judge, audit, clock, random } = deps;

  const audited = (
    context: AuditContext,
    verb: string,
    facts: KeptThingFacts,
    act: () => Promise<void>,
  ): Promise<void> => auditedChange(audit, keptThingChanged(context, `relying-party.${verb}`, facts), act);

  const changeSeen = (
    { clientId, revision }: KeptRelyingParty,
    verb: string,
    facts: Omit<KeptThingFacts, 'id'>,
    change: RelyingPartyChange,
    context: AuditContext,
  ): Promise<void> =>
    audited(context, verb, { id: clientId, ...facts }, () =>
      register.changeRelyingParty(clientId, revision, change, clock.now()),
    );

  function makeSecret(now: Date) {
    const secret = random.token(48);
    return {
      secret,
      kept: { hash: createHash('sha256').update(secret).digest('base64url'), createdAt: now },
    };
  }

  return {
    judge,

    async add(registration, context) {
      const verdict = await judge(registration);
      if (!verdict.ok) return verdict;
      const { clientId, wantsSecret } = verdict;
      const made = wantsSecret ? makeSecret(clock.now()) : undefined;
      const party = { clientId, registration: verdict.registration, secrets: made ? [made.kept] : [] };
      const changes = differences({}, verdict.registration);
      try {
        await audited(context, 'add', { id: clientId, changes }, () =>
          register.addRelyingParty(party, clock.now()),
        );
      } catch (error) {
        if (!isHufuError(error, 'not-unique')) throw error;
        return { ok: false, faults: [{ key: 'client_id', expected: 'an identifier of its own' }] };
      }
      return { ok: true, clientId, ...(made && { secret: made.secret }) };
    },

    async change(seen, registration, context) {
      const verdict = await judge({ ...registration, client_id: seen.clientId });
      if (!verdict.ok) return verdict;
      const made = verdict.wantsSecret && seen.secrets.length === 0 ? makeSecret(clock.now()) : undefined;
      const change = {
        registration: verdict.registration,
        ...(made && { secrets: [made.kept] }),
        // What is not asked for any more must not come back into force one day.
        ...(!verdict.wantsSecret && { secrets: [] }),
      };
      const changes = differences(seen.registration, verdict.registration);
      const evidence = { secret: made && 'made' };
      await changeSeen(seen, 'change', { changes, evidence }, change, context);
      return { ok: true, clientId: seen.clientId, ...(made && { secret: made.secret }) };
    },

    async replaceSecret(seen, overlapDays, context) {
      const now = clock.now();
      const made = makeSecret(now);
      const end = new Date(now.getTime() + overlapDays * dayMs);
      const before = seen.secrets
        .filter(({ until }) => until === undefined || until > now)
        .map((secret) => ({ ...secret, until: secret.until && secret.until < end ? secret.until : end }));
      const secrets = overlapDays > 0 ? [made.kept, ...before] : [made.kept];
      const evidence = { before: overlapDays > 0 ? end.toISOString() : 'withdrawn' };
      await changeSeen(seen, 'replace-secret', { evidence }, { secrets }, context);
      return made.secret;
    },

    async setEnabled(seen, enabled, context) {
      await changeSeen(seen, enabled ? 'enable' : 'disable', {}, { enabled }, context);
      if (!enabled) await deps.revokeGrantsOf(seen.clientId);
    },

    async remove(seen, context) {
      const { clientId, revision } = seen;
      const changes = differences(seen.registration, {});
      await audited(context, 'remove', { id: clientId, changes }, () =>
        register.removeRelyingParty(clientId, revision),
      );
      await deps.revokeGrantsOf(clientId);
    },
  };
}
