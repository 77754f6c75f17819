/** All that programs can do to accounts. */
import { z } from 'zod';
import { accountFields } from '#accounts/account-fields.ts';
import { editSchema, openingSchema } from '../account-input.ts';
import type { Operation } from '../operation.ts';
import { accountSummaryView, accountView } from './account-view.ts';
import { exportBody, listQuery, searchBody } from './list-schema.ts';
import { warrantSchema } from './warrant-schema.ts';

const warranted = z.strictObject({ warrant: warrantSchema });

const page = z.strictObject({
  accounts: z.array(accountSummaryView),
  count: z.int().optional().describe('How many match; absent when there are more than 2,000.'),
  next: z.string().optional().describe('Cursor of the next page; absent: this is the last.'),
});

const organizations = z.strictObject({
  organizations: z.array(z.strictObject({ oid: z.string(), name: z.string(), code: z.string().optional() })),
});

const forDay = z.strictObject({ day: z.iso.date().describe('Day for which it holds (Asia/Taipei).') });

export const accountOperations = {
  listAccounts: {
    method: 'get',
    path: '/accounts',
    rule: { deed: 'list' },
    summary: 'List accounts',
    query: listQuery,
    status: 200,
    answer: page,
  },
  searchAccounts: {
    method: 'post',
    path: '/accounts/search',
    rule: { deed: 'list' },
    summary: 'Search accounts, also by name or national ID',
    body: searchBody,
    status: 200,
    answer: page,
  },
  exportAccounts: {
    method: 'post',
    path: '/accounts/export',
    rule: { deed: 'export' },
    summary: 'Take a list out whole: one account a line (NDJSON), in the order of ids',
    body: exportBody,
    status: 200,
    answer: accountSummaryView,
    type: 'application/x-ndjson',
  },
  openAccount: {
    method: 'post',
    path: '/accounts',
    rule: { deed: 'open' },
    summary: 'Open an account; the person is told by mail how to begin',
    body: z.strictObject({ warrant: warrantSchema, account: openingSchema }),
    repeatable: true,
    status: 201,
    answer: accountView,
  },
  getAccount: {
    method: 'get',
    path: '/accounts/{id}',
    rule: { deed: 'list' },
    summary: 'Read an account',
    status: 200,
    answer: accountView,
  },
  changeAccount: {
    method: 'patch',
    path: '/accounts/{id}',
    rule: { deed: 'modify' },
    summary: 'Change name, national ID, birthday, unit or contact; absent is left alone, null removes',
    body: z.strictObject({ warrant: warrantSchema, change: editSchema }),
    asSeen: true,
    status: 200,
    answer: accountView,
  },
  setStatus: {
    method: 'put',
    path: '/accounts/{id}/status',
    rule: { deed: 'set-status' },
    summary: 'Enable, disable or set back; whoever loses it is logged out everywhere',
    body: z.strictObject({
      warrant: warrantSchema,
      status: z.enum(['not-opened', 'enabled', 'disabled']),
    }),
    asSeen: true,
    status: 200,
    answer: accountView,
  },
  setRoles: {
    method: 'put',
    path: '/accounts/{id}/roles',
    rule: { deed: 'set-roles' },
    summary: 'Replace the roles of the categories that the client holds; those of others stay',
    body: z.strictObject({ warrant: warrantSchema, grants: accountFields.grants.max(500) }),
    asSeen: true,
    status: 200,
    answer: accountView,
  },
  resetPassword: {
    method: 'post',
    path: '/accounts/{id}/password-reset',
    rule: { deed: 'reset-password' },
    summary: 'Bring back the opening password for today',
    body: warranted,
    asSeen: true,
    status: 200,
    answer: forDay,
  },
  enableOneDayPassword: {
    method: 'post',
    path: '/accounts/{id}/one-day-password',
    rule: { deed: 'one-day-password' },
    summary: 'Enable a one-day password for today; the code is mailed',
    body: warranted,
    asSeen: true,
    status: 200,
    answer: forDay,
  },
  withdrawOneDayPassword: {
    method: 'post',
    path: '/accounts/{id}/one-day-password/withdrawal',
    rule: { deed: 'one-day-password' },
    summary: 'Take the one-day password of today back',
    body: warranted,
    asSeen: true,
    status: 200,
    answer: accountView,
  },
  removeFactors: {
    method: 'post',
    path: '/accounts/{id}/certificates/removal',
    rule: { deed: 'remove-factors' },
    summary: 'Take all certificates away',
    body: warranted,
    asSeen: true,
    status: 200,
    answer: accountView,
  },
  removeAccount: {
    method: 'post',
    path: '/accounts/{id}/removal',
    rule: { deed: 'remove' },
    summary: 'Delete the account for good',
    body: warranted,
    asSeen: true,
    status: 204,
  },
  searchOrganizations: {
    method: 'get',
    path: '/organizations',
    rule: { deed: 'list' },
    summary: 'Organisations of the subtree by a part of the name or the beginning of the OID, 20 at most',
    query: z.strictObject({ text: z.string().min(1).max(100) }),
    status: 200,
    answer: organizations,
  },
  listOrganizations: {
    method: 'get',
    path: '/organizations/below',
    rule: { deed: 'list' },
    summary: 'Organisations one level below an OID',
    query: z.strictObject({ oid: accountFields.jurisdictionOid }),
    status: 200,
    answer: organizations,
  },
} as const satisfies Record<string, Operation>;
