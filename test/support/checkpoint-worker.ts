/** A second process on one checkpoint file. Argument: the file. */
import process from 'node:process';
import { createCheckpointFile } from '#adapters/records/checkpoint-file.ts';
import { answerJobs } from './store-job.ts';

const [, , file = ''] = process.argv;
const sink = createCheckpointFile(file);

answerJobs(async ({ key }, nth) => sink.append(`${key}-${nth}`));
