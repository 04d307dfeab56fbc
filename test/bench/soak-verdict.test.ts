// How the soak judges: what stays as it is passes; each kind of leak is found.
import { expect, test } from 'vitest';
import { judgeSoak, type Reading, type Soaked } from '#test/support/soak/verdict';

const MB = 1e6;

/** Four hours of a process that breathes by some megabytes, as a collected heap does. */
function soaked(change: (minute: number, reading: Reading) => void = () => {}): Soaked {
  const readings = Array.from({ length: 240 }, (_, minute): Reading => {
    const breath = 5 * Math.sin(minute) + (minute < 30 ? minute : 30);
    const process = (pid: number, role: string) => ({
      pid,
      role,
      rssBytes: (150 + breath) * MB,
      pssBytes: 100 * MB,
      openFiles: 60 + (minute % 3),
    });
    const reading = {
      minute,
      atRest: true,
      processes: [process(1, 'main'), process(2, 'window')],
      nodes: 900 + (minute % 7),
      listeners: 140,
    };
    change(minute, reading);
    return reading;
  });
  const peaks = readings
    .filter(({ minute }) => minute % 3 === 0)
    .map(({ minute }) => ({ minute, role: 'Overbatch training', bytes: (450 + (minute % 2)) * MB }));
  return { readings, peaks, errors: [], orphans: [], strayFiles: [] };
}
const broken = (given: Soaked): string[] => judgeSoak(given, 30).broken;

test('what only breathes, and fills itself in the first half hour, keeps every bound', () => {
  expect(broken(soaked())).toEqual([]);
});

test('two megabytes an hour are found', () => {
  const leaking = soaked((minute, { processes }) => (processes[1].rssBytes += (2 * MB * minute) / 60));
  expect(broken(leaking)).toEqual([expect.stringMatching(/^window: 2\.\d ± 0\.\d MB an hour, where less than 1 is allowed\.$/)]);
});

test('jobs that need more each time, files and listeners that stay are found', () => {
  const given = soaked((minute, reading) => {
    reading.processes[0].openFiles += minute / 10;
    reading.listeners += minute;
  });
  for (const peak of given.peaks) peak.bytes += (3 * MB * peak.minute) / 60;
  expect(broken(given)).toEqual([
    expect.stringContaining('Overbatch training, largest of each round: 3.'),
    expect.stringContaining('open files of main: 6.'),
    expect.stringContaining('listeners of the page: 60.'),
  ]);
});

test('an error, a process and a file that stayed are named', () => {
  expect(broken({ ...soaked(), errors: ['it broke'], orphans: ['4711 trainer'], strayFiles: ['runs/incoming-1'] })).toEqual([
    'Error: it broke',
    'A process stayed: 4711 trainer',
    'A file stayed: runs/incoming-1',
  ]);
});

test('too few readings, or none of a process, are no proof', () => {
  expect(broken({ readings: [], peaks: [], errors: [], orphans: [], strayFiles: [] })).toEqual([
    'Too few readings to say anything: let it run longer.',
    'No reading of main.',
    'No reading of window.',
  ]);
});

test('what goes up and down by so much that nothing can be said is told', () => {
  const given = soaked((minute, { processes }) => (processes[1].rssBytes += (minute % 2) * 400 * MB));
  expect(broken(given)).toEqual([expect.stringMatching(/^window: known to ± \d+\.\d MB an hour only\. Let it run longer\.$/)]);
});
