import { z } from 'zod';
import { host, network, whole } from './values.ts';

export const metrics = z
  .strictObject({
    host: host().default('127.0.0.1').describe('Address to listen on.'),
    port: whole(0, 65_535).default(9464).describe('TCP port; 0 takes any free one.'),
    allow: z
      .array(network())
      .default(['127.0.0.1', '::1'])
      .describe('Addresses and networks that are answered, by the connection itself; no header counts.'),
  })
  .exactOptional()
  .describe('`GET /metrics` for Prometheus, on a listener of its own that no page is on. Default: none.');
