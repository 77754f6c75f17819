/** What a person does on the login form in a real browser. */
import type { Page } from 'playwright-core';
import { noteCanary } from './canaries.ts';
import type { HubWorld } from './hub-world.ts';
import { codeIn, hasCode } from './mailbox.ts';
import type { KnownPerson } from './signing-in.ts';

/** Fills and posts the password form that `page` shows; the language is Chinese. */
export async function logInOnPage(
  world: Pick<HubWorld, 'mailbox'>,
  page: Page,
  person: KnownPerson,
  password: string,
): Promise<void> {
  noteCanary(password);
  const before = (await world.mailbox.mailsTo(person.email)).length;
  await page.getByLabel('帳號', { exact: true }).fill(person.nationalId);
  await page.getByLabel('密碼', { exact: true }).fill(password);
  await page.getByRole('button', { name: '寄送檢查碼' }).click();
  const code = codeIn(await world.mailbox.nextMailTo(person.email, before, hasCode));
  await page.getByText('檢查碼已寄往您留存的電子信箱').first().waitFor();
  await page.getByLabel('Email 檢查碼').fill(code);
  await page.getByRole('button', { name: '登入', exact: true }).click();
}
