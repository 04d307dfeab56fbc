// Arguments of the questions that a model is asked and of those that take it away: taken, and refused in a sentence.
import type { ApiName } from '#shared/api-names';
import type { Arguments } from './keeping-arguments';

const ID = '4f9c2d8e-1a2b-4c3d-8e9f-0a1b2c3d4e5f';
const tooMuch = new Uint8Array(64 * 2 ** 20 + 1);

export const ASKING_CASES = {
  readRows: {
    good: [
      [ID, []],
      [ID, [0, 7]],
    ],
    bad: [[ID], [ID, ['0']], [ID, new Array(257).fill(0)]],
  },
  samplePictures: { good: [['digits']], bad: [[], ['../etc'], ['birds']] },
  choosePictures: { good: [[]], bad: [['/etc/passwd']] },
  choosePictureFolder: { good: [[]], bad: [['/etc']] },
  acceptPictures: { good: [[['/a/b.png', '/c']]], bad: [[], [[]], [['']], ['/a'], [Array(5_001).fill('/a')]] },
  readPictureTiles: {
    good: [[ID, { places: [0, 7], side: 48 }]],
    bad: [[ID], ['/etc', { places: [], side: 48 }], [ID, { places: [-1], side: 48 }], [ID, { places: Array(65).fill(0), side: 48 }]],
  },
  askPicture: {
    good: [
      [ID, { list: ID, place: 0 }, false],
      [ID, { bytes: new Uint8Array(9) }, true],
      [ID, { datasetId: ID, sample: 3 }, false],
    ],
    bad: [
      [ID, { bytes: new Uint8Array(0) }],
      [ID, { bytes: tooMuch }],
      [ID, { bytes: [1, 2] }],
      [ID, { file: '/etc/passwd' }],
      [ID, { list: ID, place: -1 }],
      [ID, { list: '/etc', place: 0 }],
      [ID, { datasetId: '../x', sample: 0 }],
      [ID, { bytes: new Uint8Array(9), file: '/etc/passwd' }],
      [ID],
    ],
  },
  askPictures: { good: [[ID, ID, 0]], bad: [[ID], [ID, '/etc', 0], ['..', ID, 0], [ID, ID, -1]] },
  cancelAsking: { good: [['where'], ['masks'], ['listing']], bad: [[], ['run']] },
  saveAnswers: { good: [[ID]], bad: [[], ['/tmp/x.csv'], [ID, '/tmp/x.csv']] },
  whereLooked: { good: [[ID, { list: ID, place: 0 }, 'cat']], bad: [[ID, { list: ID, place: 0 }], [ID, '/etc', 'cat'], [ID]] },
  openCamera: { good: [[]], bad: [['microphone']] },
  closeCamera: { good: [[]], bad: [[1]] },
  leaveModel: { good: [[]], bad: [[1]] },
  modelQuestion: { good: [[ID]], bad: [[], ['../x']] },
  predictRow: { good: [[ID, { x: '1', 'a b': '' }]], bad: [[ID], [ID, { x: 1 }], [ID, { x: 'y'.repeat(10_001) }], ['/', {}]] },
  predictFile: { good: [[ID, ID]], bad: [[ID], [ID, '/etc/passwd']] },
  savePredictions: { good: [[ID, ID]], bad: [[ID], [ID, '/etc/passwd'], [ID, ID, '/tmp/x.csv']] },
  exportModel: {
    good: [
      [ID, 'html'],
      [ID, 'tfjs'],
    ],
    bad: [[ID], [ID, 'exe'], ['../x', 'html'], [ID, 'html', '/tmp/x.html']],
  },
  cancelExport: { good: [[]], bad: [[ID]] },
  showExport: { good: [[ID]], bad: [[], ['/etc/passwd']] },
} satisfies Partial<Record<ApiName, Arguments>>;
