// What the stand-in does as an importer: an import copies one sample; the names of its folders say where it hangs or crashes.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const REPORT = { name: 'folder', summary: '', advice: [], suggested: { width: 8, height: 8, channels: 1 }, problems: [], blocking: [] };

/** The folder's own name is its content: two folders of one name are the same data. */
const manifestOf = (folder, options) => ({
  format: 1,
  kind: 'image-classes',
  name: path.basename(folder),
  contentHash: `hash of ${path.basename(folder)}`,
  labels: ['0', '1'],
  ...options,
  count: 2,
  ownSplit: false,
  samples: [],
  leftOut: [],
  createdAt: new Date().toISOString(),
});

export async function importing(command, { post, wait }) {
  switch (command.kind) {
    case 'check':
      return post({ kind: 'checked', report: REPORT });
    case 'import':
      post({ kind: 'progress', progress: { stage: 'decode', done: 1, total: 2 } });
      mkdirSync(command.into, { recursive: true });
      writeFileSync(path.join(command.into, 'samples.bin'), 'xx');
      if (existsSync(path.join(command.into, 'can-go-on'))) post({ kind: 'progress', progress: { stage: 'decode', done: 5, total: 10 } });
      else if (command.folder.includes('parts')) {
        writeFileSync(path.join(command.into, 'can-go-on'), '');
        await wait(60_000);
      }
      if (command.folder.includes('crash')) process.kill(process.pid, 'SIGSEGV');
      if (command.folder.includes('slow')) await wait(60_000);
      return post({ kind: 'imported', manifest: manifestOf(command.folder, command.options), folder: command.into, bytesOnDisk: 2 });
    case 'edit':
    case 'grow': {
      const name = JSON.stringify(command.edits ?? path.basename(command.source.folder));
      mkdirSync(command.into, { recursive: true });
      writeFileSync(path.join(command.into, 'samples.bin'), 'xxx');
      const difference = { added: command.kind === 'grow' ? 1 : 0, dropped: 0, relabelled: [], renamed: [], merged: [], leftClasses: [] };
      const manifest = { ...manifestOf(name, { width: 8, height: 8, channels: 1 }), name: 'pictures' };
      return post({ kind: 'imported', manifest, folder: command.into, bytesOnDisk: 3, difference });
    }
    case 'view':
      return post({ kind: 'viewed', number: command.number, view: { labels: [String(process.pid)] } });
    case 'tiles':
      if (command.request.side === 1) process.kill(process.pid, 'SIGSEGV');
      if (command.request.side === 2) return post({ kind: 'refused', number: command.number, failure: { kind: 'cancelled' } });
      return post({ kind: 'tiles', number: command.number, tiles: { files: command.request.indices.map(String) } });
    case 'look-for-stopped': {
      if (existsSync(path.join(command.into, 'kills'))) process.kill(process.pid, 'SIGSEGV');
      const at = { folder: command.into, done: 4, total: 10 };
      return post({ kind: 'stopped-at', at: existsSync(path.join(command.into, 'can-go-on')) ? at : undefined });
    }
    case 'thumbnails':
      return post({ kind: 'thumbnails', thumbnails: [{ label: '0', file: String(process.pid) }] });
  }
}
