// What a command line starts from is looked at before any data is: a wrong name costs no import, and the model need not be said twice.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chosenStart } from '#cli/chosen-start';
import { initialWeights } from '#engine/initialize';
import { smallNetwork } from '#test/support/small-networks';
import { temporaryFolder } from '#test/support/temporary-folder';
import { pictureFacts, saveModel } from '#trainer/saved-model';

function savedLenet(): string {
  const folder = temporaryFolder();
  const network = smallNetwork('lenet', 2);
  saveModel(folder, 'lenet', network, initialWeights(network, 1), pictureFacts(['a', 'b'], network.inputShape));
  return folder;
}

test('the model is that of the start, unless another is named, which is refused', () => {
  const folder = savedLenet();
  expect(chosenStart({ start: `run:${folder}` })).toEqual({ said: { model: 'lenet' }, request: { startPath: folder } });
  expect(chosenStart({ start: `model:${join(folder, 'model.json')}` }).said).toEqual({ model: 'lenet' });
  expect(() => chosenStart({ start: `run:${folder}`, model: 'resnet-8' })).toThrow('has the model lenet');
  expect(chosenStart({ model: 'resnet-8' })).toEqual({ said: {}, request: {} });
});

test('what is not there is said at once', () => {
  expect(() => chosenStart({ start: 'run:nowhere' })).toThrow('there is no model.json in it');
  expect(() => chosenStart({ start: 'model:nowhere.json' })).toThrow('there is no such file');
});
