import type { Brand } from '#pages/brand.ts';

/** A brand for tests and pictures. */
export const sampleBrand: Brand = {
  name: { zh: '商工行政服務e網通', en: 'Commerce and Industry e-Network' },
  owner: { zh: '經濟部商業發展署', en: 'Administration of Commerce' },
  helpDesk: {
    name: { zh: '商工服務台', en: 'Service desk' },
    phone: '02-0000-0000',
    email: 'service@example.org',
    hours: { zh: '週一至週五 8:30–18:00', en: 'Monday to Friday, 8:30–18:00' },
  },
};
