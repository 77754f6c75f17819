/** A file system of a few megabytes in memory, on which a SQLite file of the hub meets a full disk. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, symlinkSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface SmallDisk {
  /** Leads `file`, which must not exist yet, onto this disk. */
  host(file: string): void;
  /**
   * Leaves no room: the file's log is carried over and cut first, since SQLite would go on writing into what it has.
   */
  fill(): void;
  /** Makes room again. */
  free(): void;
  remove(): void;
}

/** Only root may mount. */
export function smallDiskAvailable(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    mountSmallDisk().remove();
    return true;
  } catch {
    return false;
  }
}

export function mountSmallDisk(): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', folder]);
  const filler = path.join(folder, 'filler');
  let hosted: string | undefined;

  return {
    host(file) {
      hosted = path.join(folder, path.basename(file));
      closeSync(openSync(hosted, 'a', 0o600));
      symlinkSync(hosted, file);
    },
    fill() {
      if (hosted === undefined) throw new Error('no file on this disk');
      const database = new DatabaseSync(hosted, { timeout: 5000 });
      const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
      const handle = openSync(filler, 'a');
      try {
        if (busy !== 0) throw new Error('the log could not be cut');
        for (const size of [65_536, 4096, 1]) writeUntilFull(handle, Buffer.alloc(size));
      } finally {
        closeSync(handle);
        database.close();
      }
    },
    free: () => unlinkSync(filler),
    remove() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeUntilFull(handle: number, block: Buffer): void {
  for (;;) {
    try {
      writeSync(handle, block);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return;
      throw error;
    }
  }
}
