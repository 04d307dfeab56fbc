// Renamed, merged, left out: what is left of the classes, and whether that is a data set.
import { expect, test } from 'vitest';
import { isMapped, mappedClasses, mappingProblems } from '#renderer/words/class-map-words';
import { problemGroups } from '#renderer/words/problem-words';
import { reportCsv } from '#shared/check-csv';
import type { CheckReport, FileProblem } from '#shared/dataset';

const CLASSES = [
  { label: 'cat', count: 10, bytes: 1 },
  { label: 'kitten', count: 4, bytes: 1 },
  { label: 'dog', count: 7, bytes: 1 },
  { label: 'junk', count: 0, bytes: 0 },
];
const mapped = (map: Record<string, string | null>) => mappedClasses(CLASSES, map);

test('equal names are one class; what is left out is gone', () => {
  expect(mapped({ kitten: ' cat ', junk: null })).toEqual([
    { label: 'cat', count: 14, from: ['cat', 'kitten'] },
    { label: 'dog', count: 7, from: ['dog'] },
  ]);
  expect([isMapped({}), isMapped({ cat: 'cat' }), isMapped({ cat: null })]).toEqual([false, false, true]);
});

test('too few classes, an empty one and one without a name are said', () => {
  expect(mappingProblems(mapped({ junk: null }))).toEqual([]);
  expect(mappingProblems(mapped({ kitten: 'cat' }))).toEqual([expect.stringContaining('“junk” holds no picture')]);
  expect(mappingProblems(mapped({ kitten: 'cat', dog: 'cat', junk: null }))).toEqual([expect.stringContaining('Only one class is left')]);
  expect(mappingProblems(mapped({ cat: '  ' }))).toEqual([expect.stringContaining('no name')]);
});

const problem = (file: string, kind: FileProblem['kind'], severity: FileProblem['severity']): FileProblem => ({
  file,
  kind,
  severity,
  message: `about "${file}", and more`,
});

test('problems stand together by kind, those that are decided first', () => {
  const groups = problemGroups([
    problem('a', 'near-duplicate', 'warning'),
    problem('b', 'leak', 'warning'),
    problem('c', 'empty-file', 'error'),
    problem('d', 'near-duplicate', 'warning'),
  ]);
  expect(groups.map(({ kind, problems }) => `${kind} ${problems.length}`)).toEqual(['empty-file 1', 'leak 1', 'near-duplicate 2']);
});

test('the report as csv: quoted where it must be, and no formula for a spreadsheet', () => {
  const report = {
    summary: '2 classes, 3 pictures.',
    problems: [problem('=cmd|x.png', 'empty-file', 'error'), problem('cat/1.png', 'leak', 'warning')],
    blocking: ['One\nline'],
    advice: ['few'],
  } as unknown as CheckReport;
  expect(reportCsv(report)).toBe(
    [
      'decision,kind,file,message',
      ',summary,,"2 classes, 3 pictures."',
      'not ready,condition,,"One\nline"',
      'worth knowing,advice,,few',
      `left out,empty-file,'=cmd|x.png,"about ""=cmd|x.png"", and more"`,
      'your choice,leak,cat/1.png,"about ""cat/1.png"", and more"',
      '',
    ].join('\r\n'),
  );
});
