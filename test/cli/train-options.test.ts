// The words after `train`: what they become, and the sentence for each that cannot be meant.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chosenSpec } from '#cli/chosen-spec';
import { parseTrainOptions, TRAIN_HELP } from '#cli/train-options';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { temporaryFolder } from '#test/support/temporary-folder';

describe('train’s options', () => {
  it('give the default spec when nothing is said', () => {
    expect(parseTrainOptions(['--data', 'x']).spec).toEqual(DEFAULT_SPEC);
  });

  it('are listed with what is usual for each kind of data', () => {
    expect(TRAIN_HELP).toContain('(small-cnn; with masks u-net; of a table for a class mlp, for a number linear)');
    expect(TRAIN_HELP).toContain('(256; with masks 8; of a table 32)');
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

  it('say whose statistics batch normalization takes', () => {
    expect(parseTrainOptions(['--data', 'x', '--batch-norm', 'exact']).spec).toEqual({ ...DEFAULT_SPEC, batchNorm: 'exact' });
    expect(() => parseTrainOptions(['--data', 'x', '--batch-norm', 'group'])).toThrow('per-micro-batch, frozen, exact');
  });

  it('say what normalizes, and how wide the model is, where it has that', () => {
    const words = ['--data', 'x', '--model', 'resnet-50', '--normalization', 'group', '--width', '0.25'];
    expect(parseTrainOptions(words).spec).toEqual({ ...DEFAULT_SPEC, model: 'resnet-50', normalization: 'group', width: 0.25 });
    expect(() => parseTrainOptions(['--model', 'lenet', '--normalization', 'group'])).toThrow('LeNet-5 has no batch normalization');
    expect(() => parseTrainOptions(['--model', 'vit-tiny', '--width', '0.5'])).toThrow('ViT-Tiny comes in one width only');
    expect(() => parseTrainOptions(['--data', 'x', '--width', '0.5'])).toThrow('Say with --model NAME which model');
    expect(() => parseTrainOptions(['--model', 'resnet-50', '--width', '2'])).toThrow('The width must be at most 1.');
  });

  it('say what a run starts from and what it trains', () => {
    const words = '--data x --model efficientnet-lite0 --start imagenet --trains last-stages';
    expect(parseTrainOptions(words.split(' ')).spec).toMatchObject({ start: 'imagenet', trains: 'last-stages' });
    const refused = (more: string) => () => parseTrainOptions(more.split(' '));
    expect(refused('--model resnet-8 --start imagenet')).toThrow('There are no ImageNet weights of resnet-8.');
    expect(refused('--model efficientnet-lite0 --trains head')).toThrow('nothing to keep');
    expect(refused(`${words} --batch-norm exact`)).toThrow('batch normalization must be frozen');
    expect(refused(`${words} --width 0.5`)).toThrow('Leave its width and normalization as they are');
    expect(refused('--start moon')).toThrow('scratch, imagenet');
  });

  it('say what acts once a mini-batch', () => {
    const words =
      '--data x --optimizer momentum --schedule step --step-epochs 2.5 --step-factor 0.5 --warmup 0.5 --clip 1 --l2 1e-4 --weight-decay 0.02 --ema 0.99 --momentum 0.8';
    expect(parseTrainOptions(words.split(' ')).spec).toEqual({
      ...DEFAULT_SPEC,
      optimizer: 'momentum',
      schedule: 'step',
      stepEpochs: 2.5,
      stepFactor: 0.5,
      warmupEpochs: 0.5,
      clipNorm: 1,
      l2: 1e-4,
      weightDecay: 0.02,
      ema: 0.99,
      momentum: 0.8,
    });
    expect(parseTrainOptions('--data x --optimizer adamw --beta1 0.8 --beta2 0.9 --epsilon 1e-6'.split(' ')).spec).toMatchObject({
      beta1: 0.8,
      beta2: 0.9,
      epsilon: 1e-6,
    });
    expect(parseTrainOptions('--data x --optimizer rmsprop --alpha 0.9'.split(' ')).spec.alpha).toBe(0.9);
  });

  it('say when a run ends early, how categories are taken and that rare classes weigh more', () => {
    const words = '--data x --patience 6 --min-epochs 10 --class-weights balanced --model mlp --categories embedded';
    expect(parseTrainOptions(words.split(' ')).spec).toMatchObject({
      patience: 6,
      minEpochs: 10,
      classWeights: 'auto',
      categories: 'embedded',
    });
    const off = parseTrainOptions(['--data', 'x', '--patience', 'off', '--augment', 'none']).said;
    expect(off).toHaveProperty('patience', undefined);
    expect(off.augment).toEqual({});
    expect(() => parseTrainOptions(['--patience', '0'])).toThrow('The patience must be at least 1.');
    expect(() => parseTrainOptions(['--min-epochs', '5', '--patience', 'off'])).toThrow('Set a patience');
    expect(() => parseTrainOptions(['--model', 'lenet', '--categories', 'embedded'])).toThrow('learns no vectors');
  });

  it.each(['--min-epochs 20', '--categories embedded'])('leave %s to what is usual of the data', (words) => {
    const options = parseTrainOptions(['--data', 'x', ...words.split(' ')]);
    expect(chosenSpec(options, 'classification')).toMatchObject({ model: 'mlp', patience: 10, categories: 'embedded' });
    expect(() => chosenSpec(options, 'pictures'), 'control').toThrow();
  });

  it('know a settings file that says all a run needs', () => {
    const file = join(temporaryFolder(), 'spec.json');
    writeFileSync(file, JSON.stringify(DEFAULT_SPEC));
    expect(parseTrainOptions(['--spec', file]).isWhole).toBe(true);
    writeFileSync(file, JSON.stringify({ epochs: 3 }));
    expect(parseTrainOptions(['--spec', file]).isWhole).toBe(false);
  });

  it('say what is trained for', () => {
    const words = '--data x --loss softmax-cross-entropy --label-smoothing 0.1 --class-weights auto';
    expect(parseTrainOptions(words.split(' ')).spec).toEqual({
      ...DEFAULT_SPEC,
      loss: 'softmax-cross-entropy',
      labelSmoothing: 0.1,
      classWeights: 'auto',
    });
    expect(parseTrainOptions('--data x --loss focal --focal-gamma 1.5'.split(' ')).spec).toMatchObject({ loss: 'focal', focalGamma: 1.5 });
  });

  it.each([
    ['--loss hinge', 'The loss must be one of: softmax-cross-entropy, focal, bce-dice, dice, squared-error, absolute-error, huber.'],
    ['--label-smoothing 1', 'The label smoothing must be below 1.'],
    ['--loss focal --label-smoothing 0.1', 'The focal loss has no label smoothing. Leave it out, or choose softmax-cross-entropy.'],
    ['--focal-gamma 2', 'Only the focal loss has a gamma. Leave it out, or choose the loss focal.'],
    ['--class-weights 1,2', 'The class weights must be one of: none, auto.'],
  ])('refuse %s', (words, sentence) => {
    expect(() => parseTrainOptions(['--data', 'x', ...words.split(' ')])).toThrow(sentence);
  });

  it('win over the settings file, which wins over the defaults', () => {
    const file = join(temporaryFolder(), 'spec.json');
    writeFileSync(file, JSON.stringify({ batch: 64, epochs: 2 }));
    expect(parseTrainOptions(['--spec', file, '--epochs', '9']).spec).toEqual({ ...DEFAULT_SPEC, batch: 64, epochs: 9 });
  });

  it('beside --resume are those that change no mini-batch', () => {
    const words = '--resume runs/x --epochs 60 --engine wasm --workers 1 --final best --data d --out o --history --json';
    expect(parseTrainOptions(words.split(' '))).toMatchObject({ resume: 'runs/x', data: 'd', out: 'o', given: { epochs: 60 } });
  });

  it.each(['--lr 0.1', '--batch 64', '--micro 8', '--budget 1GB', '--spec settings.json', '--seed 2', '--schedule cosine'])(
    'refuse %s beside --resume, naming it, instead of going on without it',
    (words) => {
      const [name] = words.split(' ');
      expect(() => parseTrainOptions(['--resume', 'runs/x', ...words.split(' ')])).toThrow(`${name} cannot be given beside --resume`);
    },
  );

  it('refuse settings beside --repeat', () => {
    expect(parseTrainOptions(['--repeat', 'runs/x', '--engine', 'wasm', '--out', 'o'])).toMatchObject({ repeat: 'runs/x', out: 'o' });
    expect(() => parseTrainOptions(['--repeat', 'runs/x', '--epochs', '60'])).toThrow('--epochs cannot be given beside --repeat');
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
    [['--batch', '-1'], /batch size must be at least 1/],
    [['--batch=-1'], /batch size must be at least 1/],
    [['--batch', '1000000000'], /batch size must be at most 1,000,000/],
    [['--batch', '2.5'], /whole number/],
    [['--batch', 'many'], /--batch must be a number, not "many"/],
    [['--model', 'alexnet'], /model must be one of: small-cnn, .*resnet-18/],
    [['--optimizer', 'magic'], /optimizer must be one of/],
    [['--budget', '0'], /--budget must be a size above zero/],
    [['--budget', 'lots'], /--budget must be a size/],
    [['--budget', '4'], /--budget must be a size above zero with its unit, such as 512MB or 2GiB, not "4"/],
    [['--budget', '-1GB'], /--budget must be a size/],
    [['--lr', '0'], /learning rate must be above zero/],
    [['--val', '1'], /validation share must be at most 0.9/],
    [['--schedule', 'zigzag'], /schedule must be one of: constant, step, cosine, one-cycle/],
    [['--momentum', '0.5'], /optimizer adam has no setting "momentum"; momentum and nesterov have/],
    [['--optimizer', 'sgd', '--beta2', '0.9'], /optimizer sgd has no setting "beta2"/],
    [['--momentum', '1', '--optimizer', 'momentum'], /momentum must be below 1/],
    [['--step-factor', '0.5'], /"stepFactor" belongs to the step schedule/],
    [['--step-epochs', '2', '--schedule', 'cosine'], /"stepEpochs" belongs to the step schedule/],
    [['--warmup', '200'], /warm-up must be shorter than the run of 15 epochs/],
    [['--warmup=-1'], /warm-up must be at least 0/],
    [['--ema', '1'], /averaged weights must be below 1/],
    [['--ema', '0'], /averaged weights must be above zero/],
    [['--clip', '0'], /gradient norm to clip at must be above zero/],
    [['--l2', 'much'], /--l2 must be a number/],
    [['--engine', 'abacus'], /engine must be one of: auto, tensorflow-cuda/],
    [['--spec', '/nowhere.json'], /settings file .* cannot be read/],
    [['--hue'], /hue/],
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
