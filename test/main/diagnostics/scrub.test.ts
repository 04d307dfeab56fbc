// What leaves the computer says neither whose it is nor what lies on it: planted in every form that a log has it in.
import { expect, test } from 'vitest';
import { scrubber } from '#main/diagnostics/scrub';

const scrub = scrubber({
  ours: {
    Overbatch: '/opt/Overbatch/resources/app.asar',
    data: '/home/anna/.config/Overbatch',
    user: 'C:\\Users\\Anna\\AppData\\Roaming\\Overbatch',
  },
  names: ['Great Tit', 'müller', 'anna', 'wren (juvenile)', '7', 'survey_2026'],
});

test.each([
  "ENOENT: no such file or directory, open '/home/anna/Pictures of Müller/secret bird.png'",
  'There is no folder or file /home/anna/My Secret Pictures/spring. Check the name, or choose again.',
  'C:\\Users\\Anna\\My Secret\\x.csv is not a table',
  '\\\\server\\secret share\\birds cannot be read',
  'file:///home/anna/secret/page.html was refused',
  'cannot decode secret bird 12.JPG: it is cut short',
  'secret/0001.png: broken',
  '"secret bird.tiff" has no pixels',
  'read ~/secret/things and more secret',
  'decoder said (spring/secret_0001.webp)',
  "EACCES: permission denied, open '/home/u/Anna's secret scans/spring notes'",
  "rename '/media/Anna's secret' -> '/media/spring' failed",
  "cut off: open '/home/u/Anna's secret scans/spring notes",
])('nothing of a path or a file of a person is left: %s', (text) => {
  const cleaned = scrub(`2026-11-30T12:00:00.000Z [importer] ${text}`);
  expect(cleaned).not.toMatch(/secret|anna|m[uü]ller|spring|server/i);
  expect(cleaned).toMatch(/^2026-11-30T12:00:00\.000Z \[importer\] /);
});

test('names go whole, in any case; digits and parts of words stay', () => {
  expect(scrub('class great tit has 7 pictures; Anna’s annals; WREN (juvenile)! survey_2026 survey_20267')).toBe(
    'class <name> has 7 pictures; <name>’s annals; <name>)! <name> survey_20267',
  );
});

test('what says where in our program it happened, stays', () => {
  expect(scrub('Error: x | at open (/opt/Overbatch/resources/app.asar/out/main/index.js:12:34) | at node:internal/process:9:1')).toBe(
    'Error: x | at open (<Overbatch>/out/main/index.js:12:34) | at node:internal/process:9:1',
  );
  expect(scrub('EACCES: /home/anna/.config/Overbatch/runs/4f9c/weights.bin')).toBe('EACCES: <data>/runs/4f9c/weights.bin');
  expect(scrub('C:\\Users\\Anna\\AppData\\Roaming\\Overbatch\\logs')).toBe('<user>\\logs');
  expect(scrub('2026-11-30T12:00:00.000Z [main] Overbatch 0.1.0 on Electron 45.4.1, linux x64.')).toBe(
    '2026-11-30T12:00:00.000Z [main] Overbatch 0.1.0 on Electron 45.4.1, linux x64.',
  );
  expect(scrub('5 of 7 steps, 3/4 done, and/or more')).toMatch(/^5 of 7 steps/);
});

test('what stands behind a quoted path stays', () => {
  expect(scrub("open '/home/u/Anna's scans/run notes': it is locked")).toBe("open '<path>': it is locked");
});

test.each(['x', 'x ', '-', "'/x", '/x ', 'x.pn', 'x/'])('a line a hundred thousand letters long of "%s" is cleaned at once', (part) => {
  // Squared it would be minutes.
  expect(scrub(part.repeat(100_000 / part.length)).length).toBeLessThanOrEqual(100_000);
});

test('a hundred thousand names and a long log take no time to speak of', () => {
  const names = Array.from({ length: 100_000 }, (_, i) => `class number ${i}`);
  const log = 'class number 99999 is broken\n'.repeat(20_000);
  expect(scrubber({ ours: {}, names })(log)).toBe('<name> is broken\n'.repeat(20_000));
}, 60_000);
