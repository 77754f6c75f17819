import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { createLoginDoor, entered, normalised } from '../support/hub/login-door.ts';
import {
  logInByPassword,
  requestCode,
  solveCaptcha,
  submitPassword,
  type Shown,
  type SigningIn,
} from '../support/hub/signing-in.ts';

let world: HubWorld;

const password = 'Correct-horse-7-battery';
const minute = 60_000;
const { someone, atDoor, attemptsOn } = createLoginDoor(() => world, password);

beforeAll(async () => {
  world = await startHubWorld();
});
afterAll(() => world.close());

describe('the mailed code', () => {
  test('is used once: the same code does not open a second login', async () => {
    const person = await someone();
    const first = await atDoor();
    const code = await requestCode(world, first.at, first.form, person, password);
    const typed = { account: person.nationalId, password, code };
    expect(entered(await submitPassword(first.at, first.form, typed))).toBe(true);
    const second = await atDoor();
    const refused = await submitPassword(second.at, second.form, typed);
    expect(refused.status).toBe(422);
    expect(await attemptsOn(person)).toEqual(['done', 'no-code']);
  });

  test('asked for on a page is bound to that login', async () => {
    const person = await someone();
    const mine = await atDoor();
    const code = await requestCode(world, mine.at, mine.form, person, password);
    const theirs = await atDoor();
    const typed = { account: person.nationalId, password, code };
    expect((await submitPassword(theirs.at, theirs.form, typed)).status).toBe(422);
    expect(entered(await submitPassword(mine.at, mine.form, typed))).toBe(true);
  });

  test('is dead once another was sent', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const old = await requestCode(world, at, form, person, password);
    world.clock.advance(11_000);
    const fresh = await requestCode(world, at, form, person, password);
    expect((await submitPassword(at, form, { account: person.nationalId, password, code: old })).status).toBe(
      422,
    );
    expect(
      entered(await submitPassword(at, form, { account: person.nationalId, password, code: fresh })),
    ).toBe(true);
  });

  test('of another person is refused', async () => {
    const [mine, theirs] = [await someone(), await someone()];
    const { at, form } = await atDoor();
    await requestCode(world, at, form, mine, password);
    const foreign = await requestCode(world, at, form, theirs, password);
    expect(
      (await submitPassword(at, form, { account: mine.nationalId, password, code: foreign })).status,
    ).toBe(422);
  });

  test('is given five tries a person and day, over all codes sent', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const code = await requestCode(world, at, form, person, password);
    const wrong = code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`;
    for (let tries = 0; tries < 5; tries += 1) {
      await submitPassword(at, form, { account: person.nationalId, password, code: wrong });
    }
    expect((await submitPassword(at, form, { account: person.nationalId, password, code })).status).toBe(422);
    world.clock.advance(11_000);
    const fresh = await requestCode(world, at, form, person, password);
    expect(
      (await submitPassword(at, form, { account: person.nationalId, password, code: fresh })).status,
    ).toBe(422);
    expect(await attemptsOn(person)).toEqual([
      ...Array(5).fill('wrong-code'),
      'code-tries-used-up',
      'code-tries-used-up',
    ]);
  });

  test('ends with its time', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const code = await requestCode(world, at, form, person, password);
    world.clock.advance(31 * minute);
    const later = await atDoor();
    expect(
      (await submitPassword(later.at, later.form, { account: person.nationalId, password, code })).status,
    ).toBe(422);
  });

  test('goes out once in a while, however often it is asked for', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    await requestCode(world, at, form, person, password);
    const before = (await world.mailbox.mailsTo(person.email)).length;
    const altcha = await solveCaptcha(at, form);
    const answer = await at.post(form.url, {
      csrf: form.csrf,
      action: 'send-code',
      altcha,
      code: '',
      account: person.nationalId,
      password,
    });
    expect(answer.status).toBe(200);
    expect(await world.hub.services.stores.records.outbox.counts()).toMatchObject({ waiting: 0 });
    expect(await world.mailbox.mailsTo(person.email)).toHaveLength(before);
  });

  test('is not sent for a wrong password or an unknown account, and the answer is the same', async () => {
    const person = await someone();
    const before = (await world.mailbox.mailsTo(person.email)).length;
    const answers = [];
    for (const [account, typed] of [
      [person.nationalId, password],
      [person.nationalId, 'Wrong-password-1'],
      ['A123456789', password],
    ] as const) {
      const { at, form } = await atDoor();
      const altcha = await solveCaptcha(at, form);
      const shown = await at.post(form.url, {
        csrf: form.csrf,
        action: 'send-code',
        altcha,
        code: '',
        account,
        password: typed,
      });
      answers.push([shown.status, normalised(shown.html, account)]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await world.mailbox.nextMailTo(person.email, before)).toBeTruthy();
    expect(await world.mailbox.mailsTo(person.email)).toHaveLength(before + 1);
  });
});

describe('the captcha', () => {
  const wrongPassword = 'Wrong-password-1';

  test.each(['', 'bm90IGpzb24=', Buffer.from('{}').toString('base64')])(
    'left out or made up (%j) is refused',
    async (altcha) => {
      const person = await someone();
      const { at, form } = await atDoor();
      const shown = await at.post(form.url, {
        csrf: form.csrf,
        action: 'login',
        altcha,
        code: '12345678',
        account: person.nationalId,
        password,
      });
      expect(shown.status).toBe(422);
      expect(await attemptsOn(person)).toEqual([]);
    },
  );

  test('counts once, for its own login, and only for its time', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const altcha = await solveCaptcha(at, form);
    const fields = {
      csrf: form.csrf,
      action: 'login',
      altcha,
      code: '12345678',
      account: person.nationalId,
      password: wrongPassword,
    };
    await at.post(form.url, fields);
    await at.post(form.url, fields);
    const other = await atDoor();
    await other.at.post(other.form.url, {
      ...fields,
      csrf: other.form.csrf,
      altcha: await solveCaptcha(at, form),
    });
    const stale = await solveCaptcha(at, form);
    world.clock.advance(21 * minute);
    await at.post(form.url, { ...fields, altcha: stale });
    expect(await attemptsOn(person)).toEqual(['wrong-password']);
  });
});

describe('the lock', () => {
  test('closes after five wrong passwords, for the right one too, and opens after its time', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const code = await requestCode(world, at, form, person, password);
    for (let tries = 0; tries < 5; tries += 1) {
      await submitPassword(at, form, { account: person.nationalId, password: 'Wrong-password-1', code });
    }
    const locked = await submitPassword(at, form, { account: person.nationalId, password, code });
    expect(locked.status).toBe(422);
    world.clock.advance(16 * minute);
    const later = await atDoor();
    expect(entered(await logInByPassword(world, later.at, later.form, person, password))).toBe(true);
  });

  test('counts variants of a name together, and unknown names as well', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    const id = person.nationalId;
    const wide = id.replaceAll(/./g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
    for (const account of [id, id.toLowerCase(), ` ${id} `, wide, `${id.slice(0, 5)} ${id.slice(5)}`]) {
      await submitPassword(at, form, { account, password: 'Wrong-password-1', code: '12345678' });
    }
    expect((await logInCodeless(at, form, person)).status).toBe(422);
    const entries = await world.hub.services.stores.records.audit.read(0, 100_000);
    expect(entries.some(({ entry }) => entry.includes('"reason":"locked"'))).toBe(true);
  });

  async function logInCodeless(at: SigningIn, form: Shown, person: Person): Promise<Shown> {
    return submitPassword(at, form, { account: person.nationalId, password, code: '12345678' });
  }

  test('is not set by wrong codes', async () => {
    const person = await someone();
    const { at, form } = await atDoor();
    for (let tries = 0; tries < 6; tries += 1) {
      await submitPassword(at, form, { account: person.nationalId, password, code: '12345678' });
    }
    expect(entered(await logInByPassword(world, at, form, person, password))).toBe(true);
  });
});
