/** The pages of the device flow in every state. */
import type { DeviceConfirmationModel } from '#provider/pages/device-confirmation-model.ts';
import type { DeviceOutcomeModel } from '#provider/pages/device-outcome-model.ts';
import type { UserCodeModel } from '#provider/pages/user-code-model.ts';

const form = { action: '/oidc/device', xsrf: 'sample-token' };

const enter: UserCodeModel = { ...form, userCode: '', errors: [] };

export const userCodeStates: Record<string, UserCodeModel> = {
  'device-enter': enter,
  'device-enter-unknown': {
    ...enter,
    userCode: 'BCDF-GHJK',
    errors: [{ field: 'user_code', message: 'device.error.unknown' }],
  },
};

export const deviceConfirmationStates: Record<string, DeviceConfirmationModel> = {
  'device-confirm': {
    ...form,
    userCode: 'BCDF-GHJK',
    system: { name: '公司登記叫號看板' },
    scopes: ['profile', 'organization', 'roles'],
    otherScopes: [],
    address: '192.0.2.17',
  },
};

export const deviceOutcomeStates: Record<string, DeviceOutcomeModel> = {
  'device-approved': { outcome: 'approved' },
  'device-declined': { outcome: 'declined', againHref: '/oidc/device' },
  'device-too-many': { outcome: 'too-many' },
};
