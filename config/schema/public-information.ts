/** What the login page and the home page tell: announcements, files to take, links; and the list of managers. */
import { z } from 'zod';
import { isTaipeiTime } from '../taipei-time.ts';
import { catalogueId, line, path } from './values.ts';
import { webAddress } from './web-addresses.ts';

const time = () =>
  z.string().refine(isTaipeiTime, { error: 'a time in Asia/Taipei such as 2026-11-21 09:00, or a day' });

const noticeText = () =>
  z.strictObject({
    title: line().describe('One line.'),
    body: z.string().trim().min(1).max(2000).describe('Plain text; empty lines part paragraphs.'),
  });

export const notices = z
  .array(
    z.strictObject({
      id: catalogueId().describe('Names the announcement where layers are laid over each other.'),
      from: time().describe('From when it is shown, in Asia/Taipei; a day begins at 00:00.'),
      until: time().describe('Until when; a day is shown to its end.'),
      level: z.enum(['info', 'warning']).default('info').describe('`warning` stands first and in red.'),
      zh: noticeText().describe('In Traditional Chinese.'),
      en: noticeText().describe('In English.'),
    }),
  )
  .default([])
  .describe('Announcements on the login page and the home page.');

export const downloads = z
  .array(
    z.strictObject({
      id: catalogueId().describe('Last part of its address, `/downloads/ID`.'),
      zh: line().describe('Its name in Traditional Chinese.'),
      en: line().describe('Its name in English.'),
      file: path().describe(
        'The file; read at start. Its ending says its type: pdf, odt, ods, docx, xlsx, csv, txt, zip.',
      ),
    }),
  )
  .default([])
  .describe('Manuals, forms and answers that everybody may take.');

export const help = z
  .strictObject({
    unlockCard: webAddress()
      .default('https://moica.nat.gov.tw/unblockcard.html')
      .describe('Where a locked citizen certificate is unlocked.'),
    links: z
      .array(
        z.strictObject({
          zh: line().describe('Its words in Traditional Chinese.'),
          en: line().describe('Its words in English.'),
          id: catalogueId().describe('Names the link where layers are laid over each other.'),
          href: webAddress().describe('Where it leads.'),
        }),
      )
      .default([])
      .describe('Further links beside it.'),
  })
  .prefault({})
  .describe('Links on the login page for whoever is stuck.');

export const managers = z
  .strictObject({
    showsEmail: z.boolean().default(false).describe('Whether the list gives the e-mail address.'),
  })
  .prefault({})
  .describe('The list of account registration managers, for everybody who is logged in.');
