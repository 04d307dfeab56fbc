// The words after a command: each that cannot be meant is one plain sentence with the next step, in no words of Node's.
import { expect, test } from 'vitest';
import { parseWords } from '#cli/parse-words';

const OPTIONS = { data: { type: 'string' }, batch: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
const parse = (...args: string[]) => parseWords(args, OPTIONS, 'See the help.').values;

test('what is meant is taken, a number below zero too', () => {
  expect({ ...parse('--data', 'x', '--batch', '-5', '--json') }).toEqual({ data: 'x', batch: '-5', json: true });
  expect({ ...parse('--batch=-1GB') }).toEqual({ batch: '-1GB', json: false });
  expect({ ...parse('--json', '--json', '--data=--batch') }).toEqual({ data: '--batch', json: true });
});

test.each([
  [['--bogus'], 'There is no option --bogus. See the help.'],
  [['-b', '3'], 'There is no option -b. See the help.'],
  [['--toString'], 'There is no option --toString. See the help.'],
  [['extra'], '"extra" is one word too many. See the help.'],
  [['--data'], '--data needs a value. See the help.'],
  [['--data', ''], '--data needs a value. See the help.'],
  [['--data', '--json'], '--data needs a value. See the help.'],
  [['--json=no'], '--json takes no value. See the help.'],
  [['--data', 'a', '--data', 'b'], '--data is given twice. Give it once. See the help.'],
])('%j is refused in one sentence', (args, sentence) => {
  expect(() => parse(...args)).toThrow(sentence);
});

test('words besides the options are as many as there may be', () => {
  expect(parseWords(['a', '--json', '--', '--b'], OPTIONS, 'See the help.', 2).words).toEqual(['a', '--b']);
  expect(() => parseWords(['a', 'b', 'c'], OPTIONS, 'See the help.', 2)).toThrow('"c" is one word too many. See the help.');
});
