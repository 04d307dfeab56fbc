// A restart is an end, after which the app starts again; called off, the next end is only an end.
import { expect, test } from 'vitest';
import { argumentsAgain, Restart, SAFE_MODE } from '#main/restart';

test('it starts again after the end that was asked for, and after no other', () => {
  const did: string[] = [];
  const restart = new Restart({ quit: () => did.push('quit'), relaunch: () => did.push('started again') });
  restart.ends();
  expect(did).toEqual([]);
  restart.now();
  restart.forget();
  restart.ends();
  expect(did).toEqual(['quit']);
  restart.now();
  restart.ends();
  expect(did).toEqual(['quit', 'quit', 'started again']);
});

test('asked for anew or called off, what was prepared for the one before is withdrawn, once', () => {
  const did: string[] = [];
  const restart = new Restart({ quit: () => {}, relaunch: (how) => did.push(how) });
  restart.now('normal', () => did.push('first withdrawn'));
  restart.now('safe', () => did.push('second withdrawn'));
  expect(did).toEqual(['first withdrawn']);
  restart.forget();
  restart.forget();
  restart.ends();
  expect(did).toEqual(['first withdrawn', 'second withdrawn']);
});

test('it starts again with its switches, and opens no file of the first start again', () => {
  const again = (words: string[], how: 'normal' | 'safe') =>
    argumentsAgain({ argv: ['overbatch', ...words], folder: '/home/anna', appFolder: '/opt/app' }, how);
  expect(again(['--no-sandbox', 'birds.csv', '--', '--safe-mode', '-x.csv'], 'safe')).toEqual([SAFE_MODE, '--no-sandbox']);
  expect(again([SAFE_MODE, '--no-sandbox', '/home/anna/birds.csv'], 'normal')).toEqual(['--no-sandbox']);
  expect(again(['--inspect=0', '/opt/app', 'birds.csv'], 'safe')).toEqual([SAFE_MODE, '--inspect=0', '/opt/app']);
});
