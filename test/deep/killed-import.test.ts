// An import that is killed at twenty moments, from a folder, an archive, a list, pictures with masks and a table, as a data set or added to one: nothing or all of the version is there, and the
// next import, which goes on with what was packed of pictures, comes to the same and leaves nothing else.
import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkSource, importSource } from '#datasets/source';
import { buildProgram } from '#test/support/build-program';
import { filesBelow, KilledImports, leftAt, moments, type Import, type Kill } from '#test/support/killed-import';
import { maskFolder } from '#test/support/masks';
import { pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { writeTable } from '#test/support/table';
import { zipBytes, zipOfFolder } from '#test/support/zip';
import { buildImporter } from '../datasets/importer-process';

const KILLS = 20;
let metManifests = 0;
const EACH = 200;
const OPTIONS = { width: 96, height: 96, channels: 3 } as const;

let program: string;
beforeAll(async () => void (program = await buildImporter()));

function pictures(): string {
  const folder = temporaryFolder();
  for (const label of ['cat', 'dog'])
    for (let i = 0; i < EACH; i++)
      writeAt(folder, `${label}/${label}-${i}.png`, pngBytes({ width: 64, height: 64, seed: i + (label === 'cat' ? 0 : 5000) }));
  return folder;
}

const SOURCES: [string, () => Promise<Import>][] = [
  ['a folder', async () => ({ folder: pictures(), options: OPTIONS })],
  [
    'an archive',
    async () => {
      const folder = temporaryFolder();
      writeAt(folder, 'pets.zip', zipBytes(zipOfFolder(pictures())));
      return { folder: join(folder, 'pets.zip'), options: OPTIONS };
    },
  ],
  [
    'a list of file and label',
    async () => {
      const folder = temporaryFolder();
      const rows = Array.from({ length: 2 * EACH }, (_, i) => `p${i}.png,${i % 2 ? 'cat' : 'dog'}`);
      for (let i = 0; i < 2 * EACH; i++) writeAt(folder, `p${i}.png`, pngBytes({ width: 64, height: 64, seed: i }));
      writeAt(folder, 'labels.csv', `file,label\n${rows.join('\n')}\n`);
      return { folder: join(folder, 'labels.csv'), options: OPTIONS };
    },
  ],
  [
    'pictures with masks',
    async () => ({ folder: maskFolder({ count: EACH, width: 64, height: 64, classes: 3 }), options: { kind: 'segmentation', ...OPTIONS } }),
  ],
  [
    'pictures added to a version',
    async () => {
      const [base, folder] = [join(temporaryFolder(), 'base'), temporaryFolder()];
      await importSource(pictures(), OPTIONS, base);
      for (const [seed, label] of ['cat', 'dog', 'emu'].entries())
        for (let i = 0; i < EACH; i++)
          writeAt(folder, `${label}/new-${i}.png`, pngBytes({ width: 64, height: 64, seed: 9000 + 3 * i + seed }));
      return { folder, options: OPTIONS, base };
    },
  ],
  [
    'pictures with masks added to a version',
    async () => {
      const [base, options] = [join(temporaryFolder(), 'base'), { kind: 'segmentation', ...OPTIONS } as const];
      await importSource(maskFolder({ count: 40, width: 64, height: 64, classes: 3 }), options, base);
      const picture = (i: number) => `images/new-${i}.png`;
      return {
        folder: maskFolder({ count: EACH, width: 64, height: 64, classes: 3, picture, mask: (i) => picture(i).replace('images', 'masks') }),
        options,
        base,
      };
    },
  ],
  [
    'a table',
    async () => {
      const row = (i: number) => [`${i}`, `${((i * 7919) % 1000) / 10}`, ['red', 'green', 'blue'][(i * 31) % 3], i % 2 ? 'yes' : 'no'];
      const folder = writeTable([['number', 'size', 'colour', 'good'], ...Array.from({ length: 20_000 }, (_, i) => row(i))]);
      return { folder, options: (await checkSource(folder)).suggested };
    },
  ],
];

/** What may not change: a file's neighbours are its own. */
const around = (path: string) => (statSync(path).isDirectory() ? path : dirname(path));

describe.each(SOURCES)('%s', (name, make) => {
  test(`killed ${KILLS} times`, async () => {
    const source = await make();
    const before = filesBelow(around(source.folder));
    const folder = temporaryFolder();
    const imports = new KilledImports(program, source, folder);
    const { contentHash, ms, files } = await imports.undisturbed();
    const again = () => rmSync(join(folder, 'data', 'version'), { recursive: true, force: true });
    const kills: Kill[] = [];
    for (const moment of moments(KILLS, ms, 20261125)) {
      again();
      kills.push(await imports.kill(moment));
      const { left, next, orphansAfter } = kills.at(-1)!;
      expect(left.kind, JSON.stringify([moment, left])).not.toBe('half');
      expect(next).toEqual({ kind: 'whole', contentHash });
      expect(orphansAfter).toEqual([]);
      expect(filesBelow(join(folder, 'data')).map(withoutTime)).toEqual(files.map(withoutTime));
    }
    expect(filesBelow(around(source.folder))).toEqual(before);
    const whole = kills.filter(({ left }) => left.kind === 'whole').length;
    const unfinished = kills.filter(({ orphans }) => orphans.length > 0);
    const withManifest = unfinished.filter(({ orphans }) => orphans.some((file) => file.includes('manifest.json'))).length;
    const wentOn = kills.filter(({ from }) => from > 0).length;
    console.log(
      `${name}: an import of ${Math.round(ms)} ms killed ${KILLS} times; ${KILLS - whole - unfinished.length} before it wrote, ${unfinished.length} while it wrote (${withManifest} with a manifest there), ${whole} behind its end; ${wentOn} went on`,
    );
    // A kill that met nothing would prove nothing.
    expect(unfinished.length).toBeGreaterThanOrEqual(KILLS / 4);
    // Tables are read in one go, and what is added is added in one.
    if (source.base === undefined && name !== 'a table') expect(wentOn).toBeGreaterThan(0);
    metManifests += withManifest;
  });
});

/** The manifest says when it was made. */
const withoutTime = (file: string) => file.replace(/(manifest\.json) \d+/, '$1');

test('some were killed while the manifest was there and the version was not', () => expect(metManifests).toBeGreaterThan(0));

describe('controls', () => {
  test('a version written in its place is found half', async () => {
    const inPlace = await buildProgram('src/datasets/process.ts', 'importer-in-place', [
      {
        name: 'in-place',
        enforce: 'pre',
        transform(code, id) {
          if (!id.endsWith('unfinished.ts')) return undefined;
          const changed = code.replace('const folder = claimName(target);', 'const folder = target;');
          if (changed === code) throw new Error('Nothing was replaced.');
          return changed;
        },
      },
    ]);
    const folder = temporaryFolder();
    const imports = new KilledImports(inPlace, await SOURCES[0][1](), folder);
    const left: string[] = [];
    for (const moment of [50, 100, 150, 200]) {
      rmSync(join(folder, 'data', 'version'), { recursive: true, force: true });
      left.push((await imports.kill(moment)).left.kind);
    }
    expect(left).toContain('half');
  });

  test('nothing is nothing, and one byte less is half', async () => {
    const folder = temporaryFolder();
    const imports = new KilledImports(program, { folder: pictures(), options: OPTIONS }, folder);
    const { files } = await imports.undisturbed();
    const version = join(folder, 'data', 'version');
    expect((await leftAt(version)).kind).toBe('whole');
    expect(files.map((file) => file.split(' ')[0])).toEqual(['version/manifest.json', 'version/samples.bin']);
    writeAt(version, 'samples.bin', Buffer.alloc(2 * EACH * 96 * 96 * 3 - 1));
    expect((await leftAt(version)).kind).toBe('half');
    expect((await leftAt(join(folder, 'nowhere'))).kind).toBe('nothing');
  });
});
