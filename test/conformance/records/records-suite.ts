/** The records' ports, as every database of records must serve them, whatever it is made of. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SetClock } from '#test/support/set-clock.ts';
import { describeAuditStore } from './audit-store-suite.ts';
import { describeConsents } from './consents-suite.ts';
import { describeImports } from './imports-suite.ts';
import { describeOutbox } from './outbox-suite.ts';
import {
  accountId,
  event,
  minute,
  openRecordsWorld,
  type OpenedRecords,
  type RecordsWorld,
} from './records-world.ts';
import { describeAnnouncementRegister } from './announcements-suite.ts';
import { describeDownloadRegister } from './downloads-suite.ts';
import { describeRelyingPartyRegister } from './relying-parties-suite.ts';
import { describeSessionRegister } from './session-register-suite.ts';

/** `open` gives an empty database under `clock`. */
export function describeRecords(name: string, open: (clock: SetClock) => Promise<OpenedRecords>): void {
  describe(name, () => {
    let current: RecordsWorld;
    const world = () => current;

    beforeEach(async () => {
      current = await openRecordsWorld(open);
    });
    afterEach(() => current.close());

    describe('consents', () => describeConsents(world));
    test('removals from the catalogue are kept once each, until they are forgotten', async () => {
      const role = { kind: 'role', id: 'csm_user' } as const;
      const category = { kind: 'category', id: 'csm_user' } as const;
      const { catalogueRemovals: removals } = world().records;
      for (const name of [role, category, role]) await removals.noteRemoval(name);
      expect(await removals.listRemovals()).toEqual([category, role]);
      await removals.forgetRemoval(role);
      expect(await removals.listRemovals()).toEqual([category]);
    });

    describe('register of relying parties', () =>
      describeRelyingPartyRegister(
        () => world().records.relyingParties,
        async () => {
          await world().reopen();
          return world().records.relyingParties;
        },
      ));
    describe('imports', () =>
      describeImports(
        () => world().records,
        async () => {
          await world().reopen();
          return world().records;
        },
      ));
    describe('register of downloads', () =>
      describeDownloadRegister(
        () => world().records.downloads,
        async () => {
          await world().reopen();
          return world().records.downloads;
        },
      ));
    describe('register of announcements', () =>
      describeAnnouncementRegister(
        () => world().records.announcements,
        async () => {
          await world().reopen();
          return world().records.announcements;
        },
      ));
    describe('session register', () => describeSessionRegister(world));
    describe('outbox', () => describeOutbox(world));
    describe('audit store', () => describeAuditStore(world));

    test('calls of every kind at once do not get into each other', async () => {
      const trail = world().trailOn(world().records.audit);
      const message = { kind: 'mail', body: '{}', expiresAt: world().inMs(minute) } as const;
      const session = {
        accountId: accountId('a'),
        startedAt: world().clock.now(),
        endsAt: world().inMs(minute),
      };
      const round = async (nth: number) => {
        for (let turn = 0; turn < 5; turn += 1) {
          const sessionUid = `s${nth}-${turn}`;
          await world().records.sessions.recordReached(
            { sessionUid, ...session },
            { clientId: 'csm', sid: sessionUid },
          );
          await trail.record(event());
          await world().records.outbox.enqueue(message);
          await world().records.sessions.endSession(sessionUid, 'log-out', world().clock.now(), () => [
            message,
          ]);
          await world().records.audit.head();
        }
      };
      await Promise.all(Array.from({ length: 20 }, (_, nth) => round(nth)));
      expect(await world().records.outbox.counts()).toEqual({ waiting: 200, failed: 0 });
      expect(await world().verdictOf(world().records.audit)).toMatchObject({ ok: true, entries: 100 });
    });

    test('everything is there after closing and opening again', async () => {
      await world().trailOn(world().records.audit).record(event());
      const id = await world().records.outbox.enqueue({
        kind: 'mail',
        body: '{}',
        expiresAt: world().inMs(minute),
      });
      const head = await world().records.audit.head();
      await world().reopen();
      expect(await world().records.audit.head()).toEqual(head);
      expect(
        await world().records.outbox.claimDue('mail', world().clock.now(), 5, world().inMs(minute)),
      ).toMatchObject([{ id, body: '{}' }]);
      await expect(world().records.health.checkRecords()).resolves.toBeUndefined();
    });
  });
}
