import { checkAdmission, type Admission } from '#domain/admission.ts';
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { Day } from '#domain/calendar.ts';
import type { Catalogue, System } from '#domain/catalogue.ts';
import type { RoleGrant } from '#domain/grant.ts';
import type { Language } from '#http/request-state.ts';
import type { SystemTile } from './home-model.ts';

interface Person {
  readonly grants: readonly RoleGrant[];
  readonly level: AssuranceLevel;
  readonly today: Day;
  /** Whether people can log in with a card here. */
  readonly hasCardLogin: boolean;
}

/** The systems that a role of this person admits to, with what each asks of them (個人化應用系統列表). */
export function systemTiles(catalogue: Catalogue, person: Person, language: Language): readonly SystemTile[] {
  return catalogue.systems.flatMap((system) => {
    const admission = checkAdmission(catalogue, [system], person.grants, person.level, person.today);
    if (!admission.ok && admission.reason === 'no-admitting-role') return [];
    const needsCertificate = system.leastRequirement === 'certificate';
    const withoutCertificate = checkAdmission(catalogue, [system], person.grants, 2, person.today).ok;
    return [
      {
        id: system.id,
        ...wordsOf(system, language),
        ...(system.owner !== undefined && { owner: system.owner }),
        ...(system.url !== undefined && { url: system.url }),
        state: stateOf(admission, person),
        needsCertificate,
        viaWithoutCertificateRole: needsCertificate && withoutCertificate,
      },
    ];
  });
}

function stateOf(
  admission: Exclude<Admission, { reason: 'no-admitting-role' }>,
  { hasCardLogin }: Person,
): SystemTile['state'] {
  if (admission.ok) return 'open';
  return admission.reason === 'certificate-required' && hasCardLogin ? 'step-up' : admission.reason;
}

function wordsOf(system: System, language: Language): Pick<SystemTile, 'name' | 'description'> {
  const english = language === 'en';
  const description = (english && system.descriptionEn) || system.description;
  const name = (english && system.nameEn) || system.name;
  return description === undefined ? { name } : { name, description };
}
