/** Writes a crowd as LDIF for slapadd: `write-crowd.ts FILE COUNT`. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { newAccountEntry } from '#adapters/directory/account-entry.ts';
import { baseDn, inventedAccount, sealing } from './crowd.ts';

function* crowdLdif(accounts: number): Generator<string> {
  yield `dn: ou=accounts,${baseDn}\nobjectClass: organizationalUnit\nou: accounts\n\n`;
  for (let n = 0; n < accounts; n += 1) {
    const account = inventedAccount(n);
    const lines = Object.entries(newAccountEntry(account, sealing)).flatMap(([name, values]) =>
      (values === undefined ? [] : [values].flat()).map(
        (value) => `${name}:: ${Buffer.from(value).toString('base64')}\n`,
      ),
    );
    yield `dn: uid=${account.id},ou=accounts,${baseDn}\n${lines.join('')}\n`;
  }
}

const [file = '', accounts = '0'] = process.argv.slice(2);
await pipeline(crowdLdif(Number(accounts)), createWriteStream(file));
