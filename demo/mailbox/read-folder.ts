import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseMail, type ReadMail } from './parse-mail.ts';

/** More than anybody reads; a folder that has grown old stays quick. */
const most = 100;

/** The newest mails of the folder, newest first; those to `to` alone where it is given. */
export async function readFolder(folder: string, to?: string): Promise<readonly ReadMail[]> {
  // File names begin with the time of writing.
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const newest = names.reverse().slice(0, to === undefined ? most : most * 10);
  const mails = await Promise.all(
    newest.map(async (name) => parseMail(await readFile(path.join(folder, name)))),
  );
  return mails.filter((mail) => to === undefined || mail.to === to).slice(0, most);
}
