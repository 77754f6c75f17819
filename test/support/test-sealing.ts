import { createKeyRing } from '#domain/key-ring.ts';
import { realRandom } from './real.ts';

/** One and the same key in every process of a test. */
export const testSealing = createKeyRing([{ id: 'test', secret: Buffer.alloc(32, 7) }], realRandom);
