import { path } from './values.ts';

export const dataFolder = path()
  .exactOptional()
  .describe(
    'Folder of everything kept on this machine: embedded directory, stores, keys made at first start. Created with mode 0700. Default: `data` in the folder where Hufu is started.',
  );
