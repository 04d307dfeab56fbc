// Every question of the contract: arguments it takes, and arguments it refuses in a sentence.
import { expect, test } from 'vitest';
import { API_NAMES, type ApiName } from '#shared/api-names';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { answer, QUESTIONS } from '#main/answer';
import { validArguments } from '#main/question-schemas';
import { COMPARED } from '#test/support/compared-document';
import { startApp } from './app';
import { ASKING_CASES } from './asking-arguments';
import { KEEPING_CASES, type Arguments } from './keeping-arguments';
import { TROUBLE_CASES } from './trouble-arguments';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const ID = '4f9c2d8e-1a2b-4c3d-8e9f-0a1b2c3d4e5f';
const OPTIONS = { width: 8, height: 8, channels: 1 };

const CASES: Record<ApiName, Arguments> = {
  ...KEEPING_CASES,
  ...ASKING_CASES,
  ...TROUBLE_CASES,
  getEngines: { good: [[]], bad: [[1]] },
  installEngine: { good: [['cpu'], ['cuda']], bad: [[], ['wasm'], [null], ['cpu', 1]] },
  cancelInstall: { good: [[]], bad: [[{}]] },
  removeEngine: { good: [['cuda']], bad: [['../cpu'], [undefined]] },
  getSpace: { good: [[]], bad: [['/']] },
  getDisk: { good: [[]], bad: [['/']] },
  showDataFolder: { good: [[]], bad: [['/']] },
  getDataPlace: { good: [[]], bad: [['/media/disk']] },
  chooseDataFolder: { good: [[]], bad: [['/media/disk']] },
  moveData: { good: [[ID]], bad: [[], ['/media/disk']] },
  continueMove: { good: [[]], bad: [['/media/disk']] },
  cancelMove: { good: [[]], bad: [['/media/disk']] },
  undoMove: { good: [[]], bad: [['/media/disk']] },
  useDataFolder: { good: [[ID]], bad: [[], ['/media/disk']] },
  lookAtData: { good: [['usual'], ['before']], bad: [[], ['/media/disk']] },
  useUsualFolder: { good: [[]], bad: [['/media/disk']] },
  removeOldData: { good: [[]], bad: [['/media/disk']] },
  keepOldData: { good: [[]], bad: [['/media/disk']] },
  getAppFacts: { good: [[]], bad: [[1]] },
  testNotification: { good: [[]], bad: [['Hello']] },
  getPreferences: { good: [[]], bad: [['appearance']] },
  changePreferences: {
    good: [[{ appearance: 'dark' }], [{ leaveRoomBytes: 2e9, keepAwake: false }], [{ leaveRoomBytes: null }]],
    bad: [[], [{}], [{ appearance: 'pink' }], [{ leaveRoomBytes: -1 }], [{ leaveRoomBytes: '2 GB' }], [{ other: 1 }], [{ engine: 'gpu' }]],
  },
  getGiven: { good: [[]], bad: [['/etc/passwd']] },
  settleGiven: { good: [[ID]], bad: [[], ['/etc/passwd']] },
  getLicences: { good: [[]], bad: [['/etc']] },
  showBrowserLicences: { good: [[]], bad: [['/etc/passwd']] },
  listDatasets: { good: [[]], bad: [[0]] },
  chooseFolder: { good: [[]], bad: [['/etc']] },
  chooseDataFile: { good: [[]], bad: [['/etc/passwd']] },
  acceptDrop: { good: [['/tmp/x']], bad: [[], [''], [{ path: '/etc' }], ['x'.repeat(40_000)]] },
  checkFolder: {
    good: [
      [ID, undefined],
      [ID, { table: { kind: 'table', target: 'y', columns: { x: 'left-out' }, format: { separator: ';' } } }],
      [ID, { kind: 'segmentation' }],
      [ID, { kind: 'image-classes', labelPattern: '{label}_*' }],
    ],
    bad: [
      [],
      ['/etc'],
      [`${ID}x`],
      [[ID]],
      [ID, { target: 'y' }],
      [ID, { kind: 'table' }],
      [ID, { table: { kind: 'table', format: { separator: '/' } } }],
      [ID, undefined, 1],
    ],
  },
  viewTable: {
    good: [[ID, { validationShare: 0.2, seed: 1 }]],
    bad: [[ID], ['../x', { validationShare: 0.2, seed: 1 }], [ID, { seed: 1 }]],
  },
  saveReport: { good: [[ID]], bad: [[], ['/etc/report.csv']] },
  editDataset: {
    good: [
      [ID, {}],
      [ID, { classes: { cat: 'dog', fox: null }, relabel: [{ samples: [0, 1], label: 'dog' }], drop: [2] }],
    ],
    bad: [[ID], ['../x', {}], [ID, { drop: [-1] }], [ID, { relabel: [{ samples: [0], label: '  ' }] }], [ID, { classes: { cat: '' } }]],
  },
  addPictures: {
    good: [[ID, ID, OPTIONS]],
    bad: [
      [ID, '/home', OPTIONS],
      [ID, ID],
    ],
  },
  viewDataset: {
    good: [[ID, { validationShare: 0.2, seed: 1 }]],
    bad: [[ID], [ID, { validationShare: 0, seed: 1 }], [ID, { validationShare: 0.2, seed: -1 }]],
  },
  readTiles: {
    good: [[ID, { indices: [0, 5], side: 64 }]],
    bad: [
      [ID, { indices: [0.5], side: 64 }],
      [ID, { indices: new Array(513).fill(0), side: 64 }],
      [ID, { indices: [], side: 1e6 }],
      ['../x', {}],
    ],
  },
  versionUse: { good: [[ID]], bad: [[], ['../x']] },
  deleteVersion: { good: [[ID]], bad: [[], [{}], ['a/b']] },
  importFolder: {
    good: [
      [ID, OPTIONS],
      [ID, { ...OPTIONS, leaveOut: ['a/b.png'] }],
    ],
    bad: [
      [ID],
      [ID, {}],
      ['/etc', OPTIONS],
      [ID, { ...OPTIONS, width: 0 }],
      [ID, { ...OPTIONS, width: 1e9 }],
      [ID, { ...OPTIONS, channels: 2 }],
      [ID, { ...OPTIONS, leaveOut: [1] }],
    ],
  },
  importSample: { good: [['digits']], bad: [['../digits'], [''], []] },
  cancelImport: { good: [[]], bad: [[null]] },
  pauseImport: { good: [[]], bad: [[ID]] },
  listStoppedImports: { good: [[]], bad: [[{}]] },
  resumeImport: { good: [[ID]], bad: [['../x'], []] },
  discardImport: { good: [[ID]], bad: [['..'], ['a/b'], []] },
  thumbnails: { good: [[ID]], bad: [['../x'], ['a b'], [''], ['x'.repeat(65)], [5]] },
  deleteDataset: { good: [[ID]], bad: [["'; DROP TABLE datasets; --"], []] },
  restoreDataset: { good: [[ID]], bad: [['.'], [{}]] },
  planRun: { good: [[ID, DEFAULT_SPEC]], bad: [[ID], [ID, { ...DEFAULT_SPEC, batch: 0 }], [ID, { ...DEFAULT_SPEC, model: 'gpt' }]] },
  chooseModel: { good: [[]], bad: [['/etc/model.json']] },
  listModels: { good: [[]], bad: [[1]] },
  modelUse: { good: [['a'.repeat(32)]], bad: [[], ['../datasets'], [ID]] },
  deleteModel: { good: [['0'.repeat(32)]], bad: [['..'], [`${'a'.repeat(32)}/..`], [ID]] },
  cancelPlan: { good: [[]], bad: [['x']] },
  forecastRun: { good: [[ID, DEFAULT_SPEC]], bad: [[ID], ['../x', DEFAULT_SPEC], [ID, { ...DEFAULT_SPEC, budgetBytes: 0 }]] },
  leaveForecast: { good: [[]], bad: [[ID]] },
  checkPieces: { good: [[ID, DEFAULT_SPEC]], bad: [[DEFAULT_SPEC], [ID, { ...DEFAULT_SPEC, micro: 0 }]] },
  cancelCheck: { good: [[]], bad: [[1]] },
  startRun: {
    good: [
      [ID, DEFAULT_SPEC],
      [ID, { ...DEFAULT_SPEC, budgetBytes: 1e9 }],
    ],
    bad: [
      [ID, { ...DEFAULT_SPEC, batch: -1 }],
      [ID, { ...DEFAULT_SPEC, batch: 1e9 }],
      [ID, { ...DEFAULT_SPEC, batch: 1.5 }],
      [ID, { ...DEFAULT_SPEC, batch: '256' }],
      [ID, { ...DEFAULT_SPEC, batch: NaN }],
      [ID, { ...DEFAULT_SPEC, micro: 0 }],
      [ID, { ...DEFAULT_SPEC, learningRate: Infinity }],
      [ID, { ...DEFAULT_SPEC, budgetBytes: 0 }],
      [ID, { ...DEFAULT_SPEC, seed: -1 }],
      [ID, { ...DEFAULT_SPEC, engine: 'cuda' }],
      [ID, null],
      ['../x', DEFAULT_SPEC],
    ],
  },
  resumeRun: { good: [[ID]], bad: [['/etc/passwd'], []] },
  finishRun: { good: [[ID]], bad: [['/etc/passwd'], []] },
  extendRun: { good: [[ID, 30]], bad: [[ID], [ID, 0], [ID, 1.5], [ID, '30'], ['..', 3]] },
  stopRun: { good: [[ID]], bad: [[], ['..']] },
  pauseRun: { good: [[ID]], bad: [[], [1]] },
  discardRun: { good: [[ID]], bad: [[], ['../x']] },
  getQueue: { good: [[]], bad: [[1]] },
  queueRun: {
    good: [
      [ID, DEFAULT_SPEC, undefined],
      [ID, DEFAULT_SPEC, { pieces: 4, micro: 64, peakBytes: 1e6 }],
    ],
    bad: [[ID], [ID, DEFAULT_SPEC, { pieces: -1, micro: 64, peakBytes: 1e6 }], [ID, { ...DEFAULT_SPEC, batch: 0 }], ['../x', DEFAULT_SPEC]],
  },
  moveQueued: {
    good: [
      [ID, 1],
      [ID, -1],
    ],
    bad: [[ID], [ID, 2], ['..', 1]],
  },
  removeQueued: { good: [[ID]], bad: [[], ['..']] },
  restoreQueued: { good: [[ID]], bad: [[], ['..']] },
  putBack: { good: [[ID]], bad: [[], ['..']] },
  continueQueue: { good: [[]], bad: [[ID]] },
  endRun: { good: [[ID]], bad: [[], [ID, ID]] },
  currentRun: { good: [[]], bad: [[1]] },
  listRuns: { good: [[]], bad: [[{}]] },
  getRun: { good: [[ID]], bad: [['..'], [null]] },
  readCurve: {
    good: [
      [ID, {}],
      [ID, { from: 0, to: 5, stretches: 800 }],
    ],
    bad: [[ID], [ID, { from: -1 }], [ID, { stretches: 0 }], [ID, { stretches: 1e6 }], [ID, { from: 0.5 }]],
  },
  saveReceiptPage: {
    good: [
      [
        ID,
        {
          title: 'a',
          lead: '',
          statement: { title: 'b', isSame: true, sentences: ['c'] },
          parts: [{ title: 'd', facts: [['e', 'f']] }],
          events: [],
        },
      ],
    ],
    bad: [[ID], [ID, '<html>'], [ID, { title: 'a' }]],
  },
  saveReceiptJson: { good: [[ID]], bad: [[], ['/etc']] },
  checkRepeat: { good: [[ID]], bad: [[], ['..']] },
  repeatRun: { good: [[ID]], bad: [[], [ID, {}]] },
  keepOtherModel: { good: [[ID]], bad: [[], ['..'], [ID, 'best']] },
  renameRun: { good: [[ID, 'Cats']], bad: [[ID, ''], [ID, '   '], [ID, 'x'.repeat(201)], [ID, 7], [ID]] },
  showRunFolder: { good: [[ID]], bad: [['/etc'], ['../..']] },
  evaluateRun: {
    good: [
      [ID, 'validation'],
      [ID, 'test'],
    ],
    bad: [[ID], [ID, 'train'], ['../x', 'test']],
  },
  cancelEvaluation: { good: [[]], bad: [[ID]] },
  viewMasks: { good: [[ID, [0, 7]]], bad: [[ID], [ID, []], [ID, [-1]], [ID, [0.5]], [ID, new Array(65).fill(0)]] },
  compareRuns: {
    good: [
      [[ID, 'cli'], 'validation'],
      [[ID, 'cli'], 'test'],
    ],
    bad: [
      [[ID, 'cli']],
      [ID, 'test'],
      [[ID], 'test'],
      [[ID, ID], 'test'],
      [[ID, '../x'], 'test'],
      [Array.from({ length: 9 }, (_, i) => `run-${i}`), 'test'],
      [[ID, 'cli'], 'train'],
    ],
  },
  cancelComparison: { good: [[]], bad: [[ID]] },
  disagreements: { good: [[ID, 'cli', 'validation']], bad: [[], [ID, 'cli'], [ID, '../x', 'test'], [ID, 'cli', 'train']] },
  cancelDisagreements: { good: [[]], bad: [[ID]] },
  comparedAnswers: { good: [[[ID, 'cli'], 'validation']], bad: [[], [[ID], 'validation'], [[ID, ID], 'test'], [[ID, 'cli'], 'train']] },
  cancelComparedAnswers: { good: [[]], bad: [[ID]] },
  dragSaved: { good: [[ID]], bad: [[], ['/etc/passwd']] },
  dragPicture: { good: [['Loss', PNG]], bad: [[], ['', PNG], ['Loss'], ['Loss', 'x'], ['/etc/passwd']] },
  dragComparison: { good: [[COMPARED, 'csv']], bad: [[COMPARED], [COMPARED, 'pdf'], ['/etc/passwd', 'csv']] },
  savePicture: { good: [['Loss', PNG]], bad: [[], ['', PNG], ['Loss'], ['Loss', 'x'], ['Loss', PNG.subarray(1)], ['Loss', [...PNG]]] },
  saveComparison: {
    good: [[COMPARED, 'html']],
    bad: [
      [COMPARED],
      [COMPARED, 'pdf'],
      [{ ...COMPARED, charts: [{ ...COMPARED.charts[0], lines: [{ letter: '<', dash: [], points: [] }] }] }, 'csv'],
    ],
  },
};

test('every question of the contract is answered', () => {
  expect(QUESTIONS.sort()).toEqual(Object.keys(API_NAMES).sort());
  expect(Object.keys(startApp().handlers).sort()).toEqual(Object.keys(API_NAMES).sort());
});

test.each(Object.entries(CASES))('%s takes what it should and refuses the rest', async (question, { good, bad }) => {
  const name = question as ApiName;
  for (const given of good) expect(validArguments(name, given)).toEqual(given);
  const { handlers, log } = startApp();
  for (const given of bad) {
    const refused = await answer(handlers, log, name, given);
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
    expect(refused.ok ? '' : refused.sentence).not.toMatch(/\bat .*:\d+|\n/);
  }
});

test('an argument may not bring keys of its own to the run', () => {
  const [, spec] = validArguments('startRun', [ID, { ...DEFAULT_SPEC, outFolder: '/etc' }]);
  expect(spec).not.toHaveProperty('outFolder');
});
