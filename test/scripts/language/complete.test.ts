// Faults of a catalogue are found: what is missing, unused, or says other values.
import { expect, test } from 'vitest';
import { faults } from '../../../scripts/language/complete.mjs';

const entry = (msgid: string, msgstr = '') => ({ msgid, msgstr: [msgstr], extractedComments: [], comments: [], references: [] });

test('a catalogue that says all of it has no fault', () => {
  const german = [entry('{0} pictures', '{0} Bilder'), entry('<0/> Delete', '<0/> Löschen'), entry(' and {0} of {1}', ' und von {1} {0}')];
  expect(faults(german, german)).toEqual([]);
});

test.each([
  ['what is missing', [entry('Data')], [], 'Missing in the catalogue: "Data"'],
  ['what is not translated', [entry('Data')], [entry('Data')], 'Not translated: "Data"'],
  ['what nobody says any more', [], [entry('Data', 'Daten')], 'Nobody says it any more: "Data"'],
  [
    'a value that is lost',
    [entry('{0} of {1}')],
    [entry('{0} of {1}', '{0} davon')],
    'Other values than in English: "{0} of {1}" → "{0} davon"',
  ],
  ['a mark that is lost', [entry('<0/>All')], [entry('<0/>All', 'Alle')], 'Other values than in English: "<0/>All" → "Alle"'],
  [
    'a space that is lost',
    [entry(' so far')],
    [entry(' so far', 'bisher')],
    'Other spaces around it than in English: " so far" → "bisher"',
  ],
])('%s', (_what, found, committed, sentence) => {
  expect(faults(found, committed)).toEqual([sentence]);
});
