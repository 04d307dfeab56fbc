// The training process: one command at a time from its host, answers back; a crash or exhausted memory ends only this process.
import { toFailure } from '#shared/failure';
import type { PieceProgress } from '#shared/piece-progress';
import type { MeasuredPoint } from '#shared/plan';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { nativeStatuses } from './tensorflow/install/status';
import { installNative } from './tensorflow/install/install';
import { removeNative } from './tensorflow/install/remove';
import { atMostTenASecond } from './at-most-ten';
import { loadEngine } from './backend';
import { ModelServer } from './asking/serve';
import { executePlan, executeRun } from './execute-run';
import { takeModel } from './own-model/take-model';
import { answersKept, compareKept, disagreeingKept } from './comparing/compare-kept';
import { evaluateRun } from './evaluation/evaluate-run';
import { executeExport } from './exports/execute-export';
import { keepOther } from './keep-other';
import { parentPort } from './parent-port';
import { PAUSE } from './pause';
import { checkPieces } from './planning/check-pieces';
import { ForecastServer } from './planning/serve';
import { predictFile } from './predict-file';
import { packRuns } from './transfer/pack-runs';
import { unpackRuns } from './transfer/unpack-runs';

const port = parentPort<TrainerCommand, TrainerMessage>();
let stop = new AbortController();
const models = new ModelServer((message) => port.post(message));
const forecasts = new ForecastServer((message) => port.post(message));

const tellTrials = {
  onTrial: (micro: number): void => port.post({ kind: 'trying', micro }),
  onMeasured: (point: MeasuredPoint): void => port.post({ kind: 'measured', point }),
};
const tellPiece = (progress: PieceProgress): void => port.post({ kind: 'piece', progress });
const tellSize = (micro: number): void => port.post({ kind: 'judging', micro });

async function obey(command: Exclude<TrainerCommand, { kind: 'stop' | 'pause' | 'ask' | 'end-ask' | 'forecast' }>): Promise<void> {
  switch (command.kind) {
    case 'train':
      for await (const event of executeRun(command, stop.signal, { ...tellTrials, onPiece: tellPiece }))
        port.post({ kind: 'event', event });
      return;
    case 'plan': {
      const { plan, runtime } = await executePlan(command, tellTrials);
      return port.post({ kind: 'plan', plan, engine: runtime.report });
    }
    case 'check-pieces':
      return port.post({ kind: 'pieces-checked', check: await checkPieces(command) });
    case 'take-model':
      return port.post({ kind: 'model-taken', model: await takeModel(command.file, command.into) });
    case 'keep-other':
      return port.post({ kind: 'other-kept', receipt: keepOther(command.modelFolder) });
    case 'predict-file':
      return port.post({ kind: 'file-prediction', prediction: await predictFile(command) });
    case 'evaluate': {
      const tell = (done: number, total: number) => port.post({ kind: 'evaluation-progress', done, total });
      return port.post({ kind: 'evaluation', evaluated: await evaluateRun(command, atMostTenASecond(tell), tellSize) });
    }
    case 'compare':
      return port.post({ kind: 'comparison', kept: await compareKept(command) });
    case 'disagreements':
      return port.post({ kind: 'disagreements', found: await disagreeingKept(command) });
    case 'compared-answers':
      return port.post({ kind: 'compared-answers', answers: await answersKept(command) });
    case 'export': {
      const result = await executeExport(command, (progress) => port.post({ kind: 'export-progress', progress }));
      return port.post({ kind: 'exported', result });
    }
    case 'pack-runs':
      return port.post({ kind: 'runs-packed', packed: await packRuns(command) });
    case 'unpack-runs':
      return port.post({ kind: 'runs-unpacked', unpacked: await unpackRuns(command.file, command.into) });
    case 'install-engine':
      await installNative(command.native, {
        onProgress: (progress) => port.post({ kind: 'install-progress', progress }),
        signal: stop.signal,
      });
      return;
    case 'remove-engine':
      return removeNative(command.native);
    case 'engines': {
      const { report } = await loadEngine('auto');
      return port.post({ kind: 'engines', report, native: await nativeStatuses() });
    }
  }
}

port.onMessage(async (command) => {
  if (command.kind === 'stop') return stop.abort();
  if (command.kind === 'pause') return stop.abort(PAUSE);
  if (command.kind === 'ask') return models.ask(command);
  if (command.kind === 'end-ask') return models.end(command.number);
  if (command.kind === 'forecast') return forecasts.ask(command);
  stop = new AbortController();
  try {
    await obey(command);
    port.post({ kind: 'done' });
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind === 'unexpected' && process.env.OVERBATCH_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
    port.post({ kind: 'failure', failure });
  }
});
