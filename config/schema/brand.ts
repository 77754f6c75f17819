import { z } from 'zod';
import { bilingual, line, mailAddress } from './values.ts';

export const brand = z
  .strictObject({
    name: bilingual()
      .default({ zh: '商工行政服務e網通', en: 'Commerce and Industry e-Services' })
      .describe('Name of the service, beside the mark on every page.'),
    agency: bilingual()
      .default({ zh: '商業發展署', en: 'Administration of Commerce' })
      .describe('Agency that runs it, in the foot of every page.'),
    helpDesk: z
      .strictObject({
        name: bilingual()
          .default({ zh: '商工服務台', en: 'Service desk' })
          .describe('Name of the help desk.'),
        phone: line().exactOptional().describe('Telephone number. Default: none is shown.'),
        email: mailAddress().exactOptional().describe('E-mail address. Default: none is shown.'),
        hours: bilingual().exactOptional().describe('When somebody answers. Default: not shown.'),
      })
      .prefault({})
      .describe('Whom people ask when they cannot log in.'),
  })
  .prefault({})
  .describe('Whose hub this is.');
