// Takes a person's own model into the app: looked at whole, then written anew in Overbatch's own form, so that no run depends on files elsewhere.
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parameterCount } from '#engine/network';
import { toLayersModel } from '#engine/layers-model';
import { ABOUT_OWN_MODEL, isOwnModelId, type OwnModel } from '#shared/own-model';
import { writeFolderAtomic } from '../atomic';
import { readStart } from '../start-model';

/** @param into the folder of all such models @throws FailureError bad-model, bad-setting, disk-full */
export async function takeModel(file: string, into: string): Promise<OwnModel> {
  const { network, weights, metadata } = readStart(`model:${file}`, file)!;
  const { name, sha256 } = metadata.source!;
  const { inputShape, model } = metadata;
  const saved = toLayersModel(network, weights, metadata);
  const json = JSON.stringify(saved.json);
  // Of what is written now, never a hash that the file names: the folder of this name is replaced.
  const id = createHash('sha256').update(json).update(saved.weights).digest('hex').slice(0, 32);
  if (!isOwnModelId(id)) throw new RangeError('No name of a folder.');
  const about: OwnModel = {
    id,
    name,
    sha256,
    model: model as OwnModel['model'],
    inputShape: [...inputShape],
    outputs: network.classes,
    parameters: parameterCount(network),
  };
  mkdirSync(into, { recursive: true });
  await writeFolderAtomic(join(into, about.id), {
    'weights.bin': saved.weights,
    'model.json': json,
    [ABOUT_OWN_MODEL]: JSON.stringify(about),
  });
  return about;
}
