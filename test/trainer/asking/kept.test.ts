// What was asked last stays open; another takes its place, also while it is used, and nothing is let go twice or kept after a failure.
import { expect, test } from 'vitest';
import { Kept } from '#trainer/asking/kept';

function things() {
  const log: string[] = [];
  const kept = new Kept();
  const open = (name: string) => () => {
    log.push(`open ${name}`);
    return Promise.resolve({ name, dispose: () => void log.push(`dispose ${name}`) });
  };
  const use = (name: string, work: () => Promise<void> = () => Promise.resolve()) => kept.use(name, open(name), work);
  return { kept, log, use };
}

test('it is opened once for question after question, and for those that come together', async () => {
  const { log, use } = things();
  await use('a');
  await Promise.all([use('a'), use('a')]);
  expect(log).toEqual(['open a']);
});

test('another is opened when that before is let go, unless somebody is still at it', async () => {
  const { log, use } = things();
  await use('a');
  await use('b');
  expect(log).toEqual(['open a', 'dispose a', 'open b']);
  let end = () => {};
  const long = use('b', () => new Promise((resolve) => (end = resolve)));
  await use('c');
  expect(log.slice(3)).toEqual(['open c']);
  end();
  await long;
  expect(log.slice(3)).toEqual(['open c', 'dispose b']);
});

test('work that fails leaves it open; what cannot be opened is tried again', async () => {
  const { kept, log, use } = things();
  await expect(use('a', () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
  await use('a');
  expect(log).toEqual(['open a']);
  const fails = () =>
    kept.use(
      'b',
      () => Promise.reject(new Error('Damaged.')),
      () => Promise.resolve(),
    );
  await expect(fails()).rejects.toThrow('Damaged.');
  expect(log).toEqual(['open a', 'dispose a']);
  await use('b');
  expect(log).toEqual(['open a', 'dispose a', 'open b']);
});
