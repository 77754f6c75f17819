#!/usr/bin/env node
// The demo: Hufu with sample agencies, people and business systems, all on this machine.
import { start } from './start.js';

await start(() => import('../demo/main.ts'));
