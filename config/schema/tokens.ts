import { z } from 'zod';
import { whole } from './values.ts';

export const tokens = z
  .strictObject({
    authorizationCodeSeconds: whole(10, 600)
      .default(60)
      .describe('Seconds for which an authorization code is good.'),
    accessTokenMinutes: whole(1, 1440)
      .default(60)
      .describe('Minutes for which an opaque access token is good; it dies with its session in any case.'),
    jwtAccessTokenMinutes: whole(1, 5)
      .default(5)
      .describe('Minutes for which a JWT access token is good. At most 5, since it cannot be called back.'),
    dpopNonces: z
      .enum(['required', 'offered'])
      .default('required')
      .describe('Whether every DPoP proof needs a nonce of ours, so that none can be made beforehand.'),
    idTokenMinutes: whole(1, 60)
      .default(10)
      .describe('Minutes for which an ID token is good: the time to take it in.'),
    refreshTokenHours: whole(1, 24)
      .default(12)
      .describe('Hours for which a refresh token is good; it dies with its session in any case.'),
    interactionMinutes: whole(5, 240).default(60).describe('Minutes for which a login in progress is kept.'),
  })
  .prefault({})
  .describe('Lifetimes.');
