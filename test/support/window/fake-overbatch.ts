// window.overbatch for looking at pages without main: answers from a scene, remembers changes until the page is reloaded.
import type { PictureTile } from '#shared/asking';
import type { Answer, WindowApi } from '#shared/contract';
import type { WindowEvent } from '#shared/window-event';
import type { SampleTiles } from '#shared/dataset-view';
import { failureSentence, type Failure } from '#shared/failure';
import { DEFAULT_PREFERENCES } from '#shared/preferences';
import { markedAmong } from '#shared/run-marks';
import type { RunDetail } from '#shared/run-record';
import { maskViews, tableRows } from './evaluations';
import type { Scene } from './scene';
import { APP_FACTS } from './things';

const failed = <T>(failure: Failure): Answer<T> => ({ ok: false, failure, sentence: failureSentence(failure) });
const value = <T>(result: T): Promise<Answer<T>> => Promise.resolve({ ok: true, value: result });
/** Any sample looks like one of the scene's previews of its class. */
function tilesOf({ view, thumbnails }: Scene, indices: number[]): SampleTiles {
  const shown = indices.map((index) => {
    const ofClass = thumbnails.filter(({ label }) => label === view?.labels[view.sampleLabels[index]]);
    return { ...(ofClass[index % ofClass.length] ?? thumbnails[0]), index };
  });
  const { width, height, channels } = thumbnails[0];
  const pixels = new Uint8Array(shown.flatMap((thumbnail) => [...thumbnail.pixels]));
  return { width, height, channels, pixels, files: shown.map(({ label, index }) => `${label}/IMG_${index}.jpg`) };
}

/** Every seventh cannot be shown. */
function pictureTile({ thumbnails }: Scene, place: number): PictureTile | undefined {
  if (place % 7 === 6 || thumbnails.length === 0) return undefined;
  const { width, height, channels, pixels } = thumbnails[place % thumbnails.length];
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, i) => pixels[channels === 3 ? i : Math.floor(i / 3)]);
  return { width, height, channels: 3, pixels: rgb };
}

const never = <T>() => new Promise<T>(() => undefined);

export function fakeOverbatch(scene: Scene): WindowApi {
  let { datasets, runs } = scene;
  let preferences = { ...DEFAULT_PREFERENCES, ...scene.preferences };
  const listeners: ((event: WindowEvent) => void)[] = [];
  const run = (id: string) => {
    const found = runs.find((entry) => entry.id === id);
    return found
      ? value(found)
      : Promise.resolve(failed<never>({ kind: 'bad-setting', problem: 'This run is not in the history any more.' }));
  };
  const api: WindowApi = {
    getEngines: () => value(scene.engines),
    installEngine: () => value(scene.engines),
    cancelInstall: () => value(undefined),
    removeEngine: () => value(scene.engines),
    getSpace: () => value(scene.space),
    getDisk: () => value(scene.disk ?? null),
    showDataFolder: () => value(undefined),
    getPreferences: () => value(preferences),
    getDataPlace: () => value({ folder: scene.space.dataFolder, usual: scene.space.dataFolder, ...scene.dataPlace }),
    chooseDataFolder: () => value(scene.folderOffer ?? null),
    moveData: () => never(),
    continueMove: () => never(),
    cancelMove: () => value(undefined),
    undoMove: () => value(undefined),
    useDataFolder: () => value(undefined),
    lookAtData: (which) =>
      value({
        folder: (which === 'before' ? scene.dataPlace?.before : undefined) ?? '/home/anna/.config/Overbatch',
        bytes: 8.4e9,
        holds: { runs: 41, datasets: 3 },
      }),
    useUsualFolder: () => value(undefined),
    removeOldData: () => value(undefined),
    keepOldData: () => value(undefined),
    getAppFacts: () => value(scene.appFacts ?? APP_FACTS),
    testNotification: () => value(undefined),
    changePreferences(change) {
      preferences = { ...preferences, ...change };
      listeners.forEach((listener) => listener({ kind: 'preferences', preferences }));
      return value(preferences);
    },
    getGiven: () => value(scene.given ?? []),
    settleGiven: () => value(undefined),
    getLicences: () =>
      value(scene.licences ?? { overbatch: '0.1.0', electron: '45.4.1', chromium: '152.0', components: [], hasBrowserFile: true }),
    showBrowserLicences: () => value(undefined),
    dragSaved: () => value(undefined),
    dragComparison: () => value(undefined),
    dragPicture: () => value(undefined),
    listDatasets: () => value(datasets),
    chooseFolder: () => value(scene.chosen ?? null),
    chooseDataFile: () => value(scene.chosen ?? null),
    acceptDrop: () => value(scene.chosen ?? { token: '', name: '' }),
    checkFolder: () => (scene.report ? value(scene.report) : Promise.resolve(failed({ kind: 'dataset-missing', path: '/photos/birds' }))),
    importFolder: () => value(datasets[0]),
    importSample: () => value(datasets[0]),
    cancelImport: () => value(undefined),
    pauseImport: () => value(undefined),
    listStoppedImports: () => value(scene.stopped ?? []),
    resumeImport: () => value(datasets[0]),
    discardImport: () => value(undefined),
    thumbnails: () => value(scene.thumbnails),
    saveReport: () => value('report.csv'),
    editDataset: () => value(datasets[0]),
    addPictures: () => value(datasets[0]),
    viewDataset: () =>
      scene.view ? value(scene.view) : Promise.resolve(failed({ kind: 'dataset-missing', path: '/data/datasets/birds' })),
    viewTable: () =>
      scene.table ? value(scene.table) : Promise.resolve(failed({ kind: 'dataset-missing', path: '/data/datasets/penguins' })),
    readTiles: (_id, { indices }) => value(tilesOf(scene, indices)),
    versionUse: () =>
      value({ runs: runs.filter(({ datasetId }) => datasetId === 'digits').map(({ name }) => name), freesBytes: 111_200_000 }),
    deleteVersion: () => value({ freedBytes: 111_200_000 }),
    deleteDataset: (id) => {
      datasets = datasets.filter((dataset) => dataset.id !== id);
      return value(undefined);
    },
    restoreDataset: () => {
      datasets = scene.datasets;
      return value(undefined);
    },
    planRun: () => (scene.plan ? value(scene.plan) : Promise.resolve(failed(scene.planFailure ?? { kind: 'cancelled' }))),
    cancelPlan: () => value(undefined),
    forecastRun: () => (scene.forecast ? value(scene.forecast) : Promise.resolve(failed({ kind: 'cancelled' }))),
    leaveForecast: () => value(undefined),
    checkPieces: () => (scene.check ? value(scene.check) : Promise.resolve(failed({ kind: 'cancelled' }))),
    cancelCheck: () => value(undefined),
    startRun: () => value('live'),
    resumeRun: (id) => value(id),
    finishRun: (id) => value(id),
    extendRun: (id) => value(id),
    stopRun: () => value(true),
    pauseRun: () => value(true),
    endRun: () => value(true),
    discardRun: () => value(undefined),
    getQueue: () => value(scene.queue ?? { waiting: [] }),
    queueRun: () => value('queued'),
    moveQueued: () => value(undefined),
    removeQueued: () => value(undefined),
    restoreQueued: () => value(undefined),
    putBack: () => value(undefined),
    continueQueue: () => value(undefined),
    currentRun: async () => {
      const detail = runs.find(({ id }) => id === scene.current);
      return { ok: true, value: detail ? { runId: detail.id, detail } : null };
    },
    listRuns: () => value(runs),
    getRun: run,
    readCurve: run,
    saveReceiptPage: () => value('digits receipt.html'),
    saveReceiptJson: () => value('digits receipt.json'),
    checkRepeat: () => value(['It ran with TensorFlow 2.20.0, and here is TensorFlow 2.21.0, so its last digits may come out otherwise.']),
    repeatRun: () => value('live'),
    keepOtherModel: (id) => {
      runs = runs.map((entry) => (entry.id === id ? withOther(entry) : entry));
      return value(undefined);
    },
    exportRuns: (ids) => value({ name: 'digits.runs.zip', bytes: 12e3, runs: ids.length, models: ids.length }),
    cancelRunExport: () => value(undefined),
    importRuns: () => value([]),
    renameRun: (id, name) => {
      runs = runs.map((entry) => (entry.id === id ? { ...entry, name } : entry));
      return value(undefined);
    },
    markRuns: (ids, change) => {
      if (scene.markFailure) return Promise.resolve(failed(scene.markFailure));
      runs = markedAmong(runs, ids, change);
      return value(undefined);
    },
    deleteRuns: (ids) => {
      runs = runs.filter(({ id }) => !ids.includes(id));
      return value(undefined);
    },
    restoreRuns: () => {
      runs = scene.runs;
      return value(undefined);
    },
    deleteWeights: (ids) => {
      runs = runs.map((entry) =>
        ids.includes(entry.id) ? { ...entry, hasModel: false, weightsDeletedAt: new Date().toISOString() } : entry,
      );
      return value(ids);
    },
    weightsUse: (ids) =>
      value({ begun: runs.filter(({ spec }) => ids.some((id) => spec.start === `run:${id}`)).map(({ name }) => name), waiting: [] }),
    restoreWeights: () => value(undefined),
    runSizes: () =>
      value(
        Object.fromEntries(
          runs.map(({ id, weightsDeletedAt }) => [
            id,
            weightsDeletedAt
              ? { weights: 0, checkpoints: 0, rest: 9_800, goes: 0 }
              : { weights: 311_000, checkpoints: 1_870_000, rest: 41_200, goes: 0 },
          ]),
        ),
      ),
    showRunFolder: () => value(undefined),
    chooseModel: () =>
      scene.models
        ? value(scene.models[0])
        : Promise.resolve(
            failed({ kind: 'bad-model', path: '/models/x.json', problem: 'its layer "lstm_1" (LSTM) is none that Overbatch can train.' }),
          ),
    listModels: () => value(scene.models ?? []),
    modelUse: () => value({ runs: [], freesBytes: 18_700_000 }),
    deleteModel: () => value({ freedBytes: 18_700_000 }),
    evaluateRun: () =>
      scene.evaluated ? value(scene.evaluated) : Promise.resolve(failed({ kind: 'dataset-missing', path: '/data/datasets/birds' })),
    cancelEvaluation: () => value(undefined),
    viewMasks: (_run, samples) => value(maskViews(samples)),
    compareRuns: ([baseline, ...others]) =>
      value(
        scene.comparison ?? {
          baseline,
          others: others.map((runId) => ({ runId, samples: { kind: 'refused', because: 'other-data' } })),
        },
      ),
    cancelComparison: () => value(undefined),
    disagreements: () =>
      value(
        scene.disagreements ?? {
          part: 'validation',
          labels: [],
          baselineBetter: [],
          otherBetter: [],
          counts: { baselineBetter: 0, otherBetter: 0 },
        },
      ),
    cancelDisagreements: () => value(undefined),
    cancelComparedAnswers: () => value(undefined),
    comparedAnswers: () =>
      scene.comparedAnswers
        ? value(scene.comparedAnswers)
        : Promise.resolve(failed({ kind: 'bad-setting', problem: 'Compare them first.' })),
    saveComparison: (_comparison, as) => value(`3 runs compared.${as}`),
    savePicture: (title) => value(`${title}.png`),
    readRows: (_id, rows) => value(tableRows(rows)),
    samplePictures: () => (scene.list ? value(scene.list) : never()),
    choosePictures: () => value(scene.list ?? { token: 'picture', name: 'digit-0042', names: ['digit-0042.png'], passed: 0, problems: [] }),
    choosePictureFolder: () => value(scene.list ?? null),
    acceptPictures: () => value(scene.list ?? { token: 'picture', name: 'digit-0042', names: ['digit-0042.png'], passed: 0, problems: [] }),
    readPictureTiles: (_list, { places }) => value(places.map((place) => pictureTile(scene, place))),
    askPicture: () =>
      scene.prediction
        ? value(scene.prediction)
        : Promise.resolve(failed({ kind: 'bad-model', path: 'model', problem: 'weights.bin is missing.' })),
    askPictures: (_run, _list, question) => {
      for (const [from, answer] of (scene.answers ?? []).entries()) {
        listeners.forEach((listener) => listener({ kind: 'answers', question, answers: { from, answers: [answer] } }));
      }
      return value(undefined);
    },
    cancelAsking: () => value(undefined),
    saveAnswers: () => value('holiday answers.csv'),
    whereLooked: () =>
      scene.where ? value(scene.where) : Promise.resolve(failed({ kind: 'bad-setting', problem: 'The model knows no such class.' })),
    openCamera: () => value(false),
    closeCamera: () => value(undefined),
    leaveModel: () => value(undefined),
    modelQuestion: () => value(scene.question ?? { kind: 'picture', labels: ['a', 'b'], answers: 'class' }),
    predictRow: () =>
      scene.rowAnswer ? value(scene.rowAnswer) : Promise.resolve(failed({ kind: 'bad-model', path: '/m', problem: 'it is gone.' })),
    predictFile: () =>
      scene.fileAnswer ? value(scene.fileAnswer) : Promise.resolve(failed({ kind: 'dataset-missing', path: '/data/new.csv' })),
    savePredictions: () => value('new predicted.csv'),
    exportModel: () =>
      value({
        token: 'export',
        name: 'digits small-cnn batch 256.html',
        bytes: 1_380_000,
        proof: { kind: 'run', difference: 1.2e-7, tolerance: 1e-3, samples: { count: 32, from: 'held-out' } },
      }),
    cancelExport: () => value(undefined),
    showExport: () => value(undefined),
    getTrouble: () => value(scene.trouble ?? { crashes: [] }),
    sayUsable: () => value(undefined),
    dismissCrashes: () => value(undefined),
    restart: () => value(undefined),
    showLogs: () => value(undefined),
    listBackups: () => value(scene.backups ?? []),
    backUpNow: () => value({ name: 'now', at: new Date().toISOString(), why: 'asked', format: 10, bytes: 1_200_000 }),
    lookAtBackup: () =>
      scene.backupLook
        ? value(scene.backupLook)
        : Promise.resolve(failed({ kind: 'bad-setting', problem: 'This backup is damaged and was not restored. Choose another one.' })),
    restoreBackup: () => value(undefined),
    collectDiagnostics: () => value(scene.diagnostics ?? { entries: [] }),
    saveDiagnostics: () => value('Overbatch diagnostics 2026-11-30.zip'),
    onEvent(listener: (event: WindowEvent) => void) {
      listeners.push(listener);
      setTimeout(() => scene.events.forEach(listener), 30);
      return () => undefined;
    },
  };
  for (const question of scene.silent) Object.assign(api, { [question]: never });
  return api;
}

function withOther(run: RunDetail): RunDetail {
  if (!run.receipt?.other) return run;
  const { other, final, model } = run.receipt;
  return { ...run, receipt: { ...run.receipt, final: other.final, model: other, other: { ...model!, final } } };
}
