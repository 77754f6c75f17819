/** The forms of the catalogue's three kinds of entry, and how each becomes an entry and is filled from one. */
import { z } from 'zod';
import type { CatalogueEntry, CatalogueKind } from '#domain/catalogue-register.ts';
import type { Requirement } from '#domain/assurance.ts';
import { formList, formText } from '#http/form.ts';

const text = formText(1000);
const requirement = z.enum(['certificate', 'second-factor']);
const common = {
  csrf: formText(100),
  seen: formText(40),
  shown: formText(4000).default(''),
  id: formText(100),
  name: text,
};

export const entryForms = {
  category: z.strictObject(common),
  role: z.strictObject({
    ...common,
    category: formText(100),
    requires: requirement,
    withoutCertificate: z.literal('yes').optional(),
    givenByCategories: formList(100, 100),
  }),
  system: z.strictObject({
    ...common,
    nameEn: text,
    description: text,
    descriptionEn: text,
    owner: text,
    url: formText(2000),
    admitsCategories: formList(100, 100),
    admitsRoles: formList(500, 100),
    leastRequirement: requirement,
  }),
} as const;

/** Every field of every kind; a page shows those of its own. */
export interface TypedEntry {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly requires: Requirement;
  readonly withoutCertificate: boolean;
  readonly givenByCategories: readonly string[];
  readonly nameEn: string;
  readonly description: string;
  readonly descriptionEn: string;
  readonly owner: string;
  readonly url: string;
  readonly admitsCategories: readonly string[];
  readonly admitsRoles: readonly string[];
  readonly leastRequirement: Requirement;
}

export const emptyEntry: TypedEntry = {
  id: '',
  name: '',
  category: '',
  requires: 'certificate',
  withoutCertificate: false,
  givenByCategories: [],
  nameEn: '',
  description: '',
  descriptionEn: '',
  owner: '',
  url: '',
  admitsCategories: [],
  admitsRoles: [],
  leastRequirement: 'second-factor',
};

type PostedForm = z.infer<(typeof entryForms)[CatalogueKind]>;

export function typedEntry(form: PostedForm): TypedEntry {
  const { csrf: _token, seen: _seen, shown: _shown, ...fields } = form;
  const ticked = 'withoutCertificate' in fields && fields.withoutCertificate === 'yes';
  return { ...emptyEntry, ...fields, id: form.id.trim(), name: form.name.trim(), withoutCertificate: ticked };
}

export function entryOf(kind: CatalogueKind, typed: TypedEntry): CatalogueEntry {
  const { id, name } = typed;
  if (kind === 'category') return { kind, category: { id, name } };
  if (kind === 'role') {
    const { category, requires, withoutCertificate, givenByCategories } = typed;
    const role = { code: id, category, name, requires, withoutCertificate };
    return {
      kind,
      role: {
        ...role,
        ...(givenByCategories.length > 0 && { givenByCategories: sorted(givenByCategories) }),
      },
    };
  }
  return {
    kind,
    system: {
      id,
      name,
      ...filled('nameEn', typed.nameEn),
      ...filled('description', typed.description),
      ...filled('descriptionEn', typed.descriptionEn),
      ...filled('owner', typed.owner),
      ...filled('url', typed.url),
      admitsCategories: sorted(typed.admitsCategories),
      admitsRoles: sorted(typed.admitsRoles),
      leastRequirement: typed.leastRequirement,
    },
  };
}

export function typedFrom(entry: CatalogueEntry): TypedEntry {
  if (entry.kind === 'category') return { ...emptyEntry, ...entry.category };
  if (entry.kind === 'role') {
    const { code, ...role } = entry.role;
    return { ...emptyEntry, ...role, id: code };
  }
  return { ...emptyEntry, ...entry.system };
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}

function filled<Key extends string>(key: Key, value: string): { readonly [key in Key]?: string } {
  return value.trim() === '' ? {} : ({ [key]: value.trim() } as { readonly [key in Key]?: string });
}
