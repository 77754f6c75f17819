import { describeSilence } from './failure-suite.ts';

describeSilence();
