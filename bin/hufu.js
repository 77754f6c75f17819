#!/usr/bin/env node
// The command line of Hufu: `hufu <command>`.
import { start } from './start.js';

await start(() => import('../src/main.ts'));
