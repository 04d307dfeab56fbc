// Taking in a model whose file lies about where it came from: nothing outside its own folder is touched, and no other model is replaced.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { directRuntime } from '#test/support/direct-runtime';
import { sequentialModel, writeLayersModel } from '#test/support/layers-model-file';
import { temporaryFolder } from '#test/support/temporary-folder';
import { takeModel } from '#trainer/own-model/take-model';

beforeAll(directRuntime);

/** A data folder with a data set, a run and one model; and a model written by Overbatch, to be spoilt. */
async function setting() {
  const data = temporaryFolder();
  const [models, ...others] = ['models', 'datasets', 'runs'].map((name) => join(data, name));
  for (const folder of others) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'precious'), 'x');
  }
  const first = await takeModel(join((await writeLayersModel(sequentialModel())).folder, 'model.json'), models);
  const { id } = await takeModel(join((await writeLayersModel(sequentialModel())).folder, 'model.json'), join(data, 'elsewhere'));
  const file = join(data, 'elsewhere', id, 'model.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const claim = (source: unknown) => {
    json.userDefinedMetadata.source = source;
    writeFileSync(file, JSON.stringify(json));
  };
  return { data, models, others, first, file, claim };
}

it.each(['../datasets', '../runs', '../../../Documents', '', '.', '..', '/', 'A'.repeat(64), `${'a'.repeat(64)}\n`])(
  'a fingerprint of %j is refused, and nothing is deleted',
  async (sha256) => {
    const { data, models, others, first, file, claim } = await setting();
    claim({ name: 'x', sha256 });
    await expect(takeModel(file, models)).rejects.toThrow('its model.json is damaged');
    expect(others.every((folder) => existsSync(join(folder, 'precious')))).toBe(true);
    expect(readdirSync(models)).toEqual([first.id]);
    expect(readdirSync(data).sort()).toEqual(['datasets', 'elsewhere', 'models', 'runs']);
  },
);

it('a model of Overbatch under another name does not take its neighbour for it; with shards of its own it is read as they are', async () => {
  const { models, file } = await setting();
  const renamed = join(dirname(file), 'model (1).json');
  writeFileSync(renamed, readFileSync(file));
  await expect(takeModel(renamed, models)).rejects.toThrow('is called model.json');
  const other = await writeLayersModel(sequentialModel());
  const overbatch = JSON.parse(readFileSync(file, 'utf8')).userDefinedMetadata;
  writeFileSync(join(other.folder, 'model.json'), JSON.stringify({ ...other.json, userDefinedMetadata: overbatch }));
  await expect(takeModel(join(other.folder, 'model.json'), models)).resolves.toMatchObject({ model: 'own', outputs: 3 });
});

it("another's fingerprint replaces no other model", async () => {
  const { models, first, file, claim } = await setting();
  const before = readFileSync(join(models, first.id, 'weights.bin'));
  for (const sha256 of [first.sha256, first.id.padEnd(64, '0')]) {
    claim({ name: first.name, sha256 });
    expect((await takeModel(file, models)).id).not.toBe(first.id);
  }
  expect(readFileSync(join(models, first.id, 'weights.bin')).equals(before)).toBe(true);
  expect(readdirSync(models)).toHaveLength(3);
});
