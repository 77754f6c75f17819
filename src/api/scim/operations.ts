/** All that SCIM can do (RFC 7644, section 3.2), each with the deed that it is. */
import { z } from 'zod';
import type { Operation } from '../operation.ts';
import { listQuery, resourceQuery, searchBody } from './list-query.ts';
import { patchBody } from './patch.ts';

export const scimType = 'application/scim+json';

/** Judged by the schemas of SCIM (canonical.ts), whose names are told without regard to case. */
const resourceBody = z.record(z.string(), z.json());

const user = '/Users/{id}';
const group = '/Groups/{role}';

export const scimOperations = {
  listUsers: {
    method: 'get',
    path: '/Users',
    rule: { deed: 'list' },
    summary: 'List users',
    query: listQuery,
    status: 200,
    type: scimType,
  },
  searchUsers: {
    method: 'post',
    path: '/Users/.search',
    rule: { deed: 'list' },
    summary: 'List users by a body',
    body: searchBody,
    status: 200,
    type: scimType,
  },
  getUser: {
    method: 'get',
    path: user,
    rule: { deed: 'list' },
    summary: 'Read a user',
    query: resourceQuery,
    status: 200,
    type: scimType,
  },
  createUser: {
    method: 'post',
    path: '/Users',
    rule: { deed: 'open' },
    summary: 'Open an account',
    query: resourceQuery,
    body: resourceBody,
    status: 201,
    type: scimType,
  },
  replaceUser: {
    method: 'put',
    path: user,
    rule: { deed: 'modify' },
    summary: 'Replace what may be changed of a user',
    query: resourceQuery,
    body: resourceBody,
    status: 200,
    type: scimType,
  },
  patchUser: {
    method: 'patch',
    path: user,
    rule: { deed: 'modify' },
    summary: 'Change parts of a user',
    query: resourceQuery,
    body: patchBody,
    status: 200,
    type: scimType,
  },
  deleteUser: {
    method: 'delete',
    path: user,
    rule: { deed: 'remove' },
    summary: 'Delete the account for good',
    status: 204,
  },
  searchAll: {
    method: 'post',
    path: '/.search',
    rule: { deed: 'list' },
    summary: 'List users, then roles, by a body',
    body: searchBody,
    status: 200,
    type: scimType,
  },
  listGroups: {
    method: 'get',
    path: '/Groups',
    rule: { deed: 'list' },
    summary: 'List roles that may be given',
    query: listQuery,
    status: 200,
    type: scimType,
  },
  searchGroups: {
    method: 'post',
    path: '/Groups/.search',
    rule: { deed: 'list' },
    summary: 'List roles by a body',
    body: searchBody,
    status: 200,
    type: scimType,
  },
  getGroup: {
    method: 'get',
    path: group,
    rule: { deed: 'list' },
    summary: 'Read a role',
    query: resourceQuery,
    status: 200,
    type: scimType,
  },
  replaceGroup: {
    method: 'put',
    path: group,
    rule: { deed: 'set-roles' },
    summary: 'Give a role to the members named, and take it from all others',
    query: resourceQuery,
    body: resourceBody,
    status: 200,
    type: scimType,
  },
  patchGroup: {
    method: 'patch',
    path: group,
    rule: { deed: 'set-roles' },
    summary: 'Give and take a role',
    query: resourceQuery,
    body: patchBody,
    status: 200,
    type: scimType,
  },
} as const satisfies Record<string, Operation>;
