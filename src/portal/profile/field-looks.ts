import type { ProfileField } from '#accounts/profile-rules.ts';
import type { EditableField } from './profile-model.ts';

type Look = Omit<EditableField, 'name' | 'value' | 'stored' | 'differs'>;

const telephone = { type: 'tel', inputmode: 'tel', maxlength: 24 } as const;

/** How each field of the form presents itself. */
export const fieldLooks: Readonly<Record<ProfileField, Look>> = {
  title: { label: 'profile.field.title', type: 'text', autocomplete: 'organization-title', maxlength: 60 },
  staffNumber: { label: 'profile.field.staffNumber', type: 'text', autocomplete: 'off', maxlength: 40 },
  phone: { label: 'profile.field.phone', hint: 'profile.hint.phone', autocomplete: 'work tel', ...telephone },
  extension: {
    label: 'profile.field.extension',
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'work tel-extension',
    maxlength: 10,
  },
  mobile: {
    label: 'profile.field.mobile',
    hint: 'profile.hint.mobile',
    autocomplete: 'mobile tel',
    ...telephone,
  },
  fax: { label: 'profile.field.fax', autocomplete: 'fax tel', ...telephone },
  postalCode: {
    label: 'profile.field.postalCode',
    hint: 'profile.hint.postalCode',
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'postal-code',
    maxlength: 6,
  },
  address: {
    label: 'profile.field.address',
    type: 'text',
    autocomplete: 'street-address',
    maxlength: 200,
  },
};
