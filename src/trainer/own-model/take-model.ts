// Takes a person's own model into the app: looked at whole, then written anew in Overbatch's own form, so that no run depends on files elsewhere.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parameterCount } from '#engine/network';
import { toLayersModel } from '#engine/layers-model';
import { ABOUT_OWN_MODEL, type OwnModel } from '#shared/own-model';
import { writeFolderAtomic } from '../atomic';
import { readStart } from '../start-model';

/** @param into the folder of all such models @throws FailureError bad-model, bad-setting, disk-full */
export async function takeModel(file: string, into: string): Promise<OwnModel> {
  const { network, weights, metadata } = readStart(`model:${file}`, file)!;
  const { name, sha256 } = metadata.source!;
  const { inputShape, model } = metadata;
  const about: OwnModel = {
    id: sha256.slice(0, 32),
    name,
    sha256,
    model: model as OwnModel['model'],
    inputShape: [...inputShape],
    outputs: network.classes,
    parameters: parameterCount(network),
  };
  const saved = toLayersModel(network, weights, metadata);
  mkdirSync(into, { recursive: true });
  await writeFolderAtomic(join(into, about.id), {
    'weights.bin': saved.weights,
    'model.json': JSON.stringify(saved.json),
    [ABOUT_OWN_MODEL]: JSON.stringify(about),
  });
  return about;
}
