// The words after `train`: what they become, and the sentence for each that cannot be meant.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseTrainOptions } from '#cli/train-options';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { temporaryFolder } from '#test/support/temporary-folder';

describe('train’s options', () => {
  it('give the default spec when nothing is said', () => {
    expect(parseTrainOptions(['--data', 'x']).spec).toEqual(DEFAULT_SPEC);
  });

  it('become a spec', () => {
    const words =
      '--data x --model resnet-18 --batch 512 --micro 16 --budget 2GiB --epochs 3 --optimizer sgd --lr 0.1 --seed 7 --val 0.3 --engine wasm';
    expect(parseTrainOptions(words.split(' ')).spec).toEqual({
      model: 'resnet-18',
      batch: 512,
      micro: 16,
      budgetBytes: 2 * 2 ** 30,
      epochs: 3,
      optimizer: 'sgd',
      learningRate: 0.1,
      seed: 7,
      validationShare: 0.3,
      engine: 'wasm',
    });
  });

  it('win over the settings file, which wins over the defaults', () => {
    const file = join(temporaryFolder(), 'spec.json');
    writeFileSync(file, JSON.stringify({ batch: 64, epochs: 2 }));
    expect(parseTrainOptions(['--spec', file, '--epochs', '9']).spec).toEqual({ ...DEFAULT_SPEC, batch: 64, epochs: 9 });
  });

  it('names a setting of the file that does not exist, instead of training without it', () => {
    const file = join(temporaryFolder(), 'spec.json');
    writeFileSync(file, JSON.stringify({ learning_rate: 0.1 }));
    expect(() => parseTrainOptions(['--spec', file])).toThrow(
      /"learning_rate", which is no setting. The settings are: model, .*learningRate/,
    );
  });

  it.each([
    [['--batch', '0'], /batch size must be at least 1/],
    [['--batch', '-1'], /batch/],
    [['--batch=-1'], /batch size must be at least 1/],
    [['--batch', '1000000000'], /batch size must be at most 1,000,000/],
    [['--batch', '2.5'], /whole number/],
    [['--batch', 'many'], /--batch must be a number, not "many"/],
    [['--model', 'alexnet'], /model must be one of: small-cnn, resnet-18/],
    [['--optimizer', 'magic'], /optimizer must be one of/],
    [['--budget', '0'], /--budget must be a size above zero/],
    [['--budget', 'lots'], /--budget must be a size/],
    [['--lr', '0'], /learning rate must be above zero/],
    [['--val', '1'], /validation share must be at most 0.9/],
    [['--engine', 'abacus'], /./],
    [['--spec', '/nowhere.json'], /settings file .* cannot be read/],
    [['--colour'], /colour/],
  ])('%j is refused in one sentence', (words, sentence) => {
    let message = '';
    try {
      parseTrainOptions(words);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(sentence);
    expect(message).not.toContain('\n');
  });
});
