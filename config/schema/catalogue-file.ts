import { z } from 'zod';
import { path } from './values.ts';

export const catalogueFile = z
  .strictObject({
    file: path()
      .exactOptional()
      .describe('YAML file of categories, roles and systems. Default: the shipped `config/catalogue.yaml`.'),
  })
  .prefault({})
  .describe(
    'What is loaded into the directory at start where it is missing there; what the directory has, stays as it is.',
  );
