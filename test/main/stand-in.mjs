// A real process that speaks the trainer's and the importer's language without tensors or pictures.
// What a run does is its spec's seed, see RUNS in processes.ts.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importing } from './stand-in-importer.mjs';

const memory = { inUseBytes: 1, peakBytes: 2_000, rssBytes: 9_000 };
const metrics = { loss: 0.25, accuracy: 0.97, samples: 360 };
const engine = { name: 'js', version: '1', reason: 'It always runs.', skipped: [] };
const plan = {
  batch: 256,
  micro: 32,
  pieces: [256],
  peakBytes: 1,
  budgetBytes: 2,
  verdict: { kind: 'identical' },
  measured: [{ micro: 2, peakBytes: 20, milliseconds: 1 }],
};
const post = (message) => process.send(message);
const event = (event) => post({ kind: 'event', event });
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** Held by a file of that name for as long as it lies there. */
const released = async (folder, name) => {
  while (existsSync(path.join(folder, name))) await wait(5);
};
let [stopped, paused] = [false, false];
const end = (last) => [event(last), post({ kind: 'done' })];

async function train({ spec, outFolder, resumeFolder, toFinish, startPath, cut, mostMicro = 32 }) {
  const [completes, killed, fails, hangs, silent, aborts, dies, failsUnbegun, plansLong, diesAtEnd, mayNotWrite, fillsDisk] = [
    1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14,
  ];
  const resumedAt = resumeFolder ? 2 : undefined;
  if (spec.seed === failsUnbegun) return post({ kind: 'failure', failure: { kind: 'bad-setting', problem: 'Ten.' } });
  const plans = spec.seed === plansLong && !existsSync(path.join(outFolder, 'planned'));
  // Whoever hears of the start may end this process at once.
  if (plans) writeFileSync(path.join(outFolder, 'planned'), '');
  event({
    kind: 'started',
    spec,
    engine,
    dataset,
    totalSteps: spec.epochs / 3,
    resumedAt,
    ...(toFinish && { toFinish }),
  });
  if (plans) {
    while (!paused && !stopped) await wait(5);
    return end({ kind: 'paused', step: 0, seconds: 0, ...(stopped && { byStop: true }) });
  }
  event({ kind: 'planned', plan: { ...plan, micro: Math.min(plan.micro, mostMicro) } });
  if (spec.seed === fails) {
    return post({ kind: 'failure', failure: { kind: 'unexpected', message: 'Four.' } });
  }
  if (spec.seed === mayNotWrite)
    return post({ kind: 'failure', failure: { kind: 'no-permission', path: path.join(outFolder, 'checkpoints', 'step-2') } });
  if (spec.seed === silent) return post({ kind: 'done' });
  stopped ||= toFinish === true;
  for (
    let step = (resumedAt ?? 0) + 1;
    !toFinish && (![completes, aborts, diesAtEnd].includes(spec.seed) || step <= spec.epochs / 3);
    step++
  ) {
    event({
      kind: 'progress',
      steps: [
        { step, epoch: 1, loss: 1 / step, accuracy: 0.5, samples: 256, seconds: step / 10, learningRate: 0.01, memoryBytes: 10 * step },
      ],
      samplesPerSecond: 1,
      secondsLeft: 1,
      memory,
    });
    post({ kind: 'piece', progress: { step: step + 1, done: 128, samples: 256 } });
    await wait(5);
    if (step === 2) {
      const folder = path.join(outFolder, 'checkpoints', 'step-2');
      mkdirSync(folder, { recursive: true });
      event({ kind: 'checkpoint', step, folder });
      if (spec.seed === fillsDisk && resumedAt === undefined)
        return post({ kind: 'failure', failure: { kind: 'disk-full', path: path.join(folder, 'state.bin') } });
      if (spec.seed === killed) await wait(20).then(() => process.kill(process.pid, 'SIGKILL'));
      if (spec.seed === aborts) await wait(20).then(() => process.abort());
    }
    if (step === 4 && spec.seed === dies) await wait(20).then(() => process.kill(process.pid, 'SIGSEGV'));
    if (paused && spec.seed !== hangs) {
      event({ kind: 'checkpoint', step, folder: path.join(outFolder, 'checkpoints', `step-${step}`) });
      return end({ kind: 'paused', step, seconds: 1 });
    }
    if (stopped && spec.seed !== hangs) break;
  }
  writeFileSync(
    path.join(outFolder, 'receipt.json'),
    JSON.stringify({ format: 1, seed: spec.seed, startPath, cut, ...receipt(spec.seed) }),
  );
  event({ kind: 'saved', folder: outFolder });
  event({ kind: 'finished', reason: stopped ? 'stopped' : 'completed', train: metrics, validation: metrics, seconds: 1, memory });
  if (spec.seed === diesAtEnd) return wait(20).then(() => process.kill(process.pid, 'SIGKILL'));
  post({ kind: 'done' });
}

const dataset = { name: 'd', contentHash: 'hash of d', train: 8, validation: 2, labels: [] };
const receipt = (seed) => ({
  engine,
  plan,
  dataset,
  versions: { overbatch: '0.1.0' },
  reason: 'completed',
  weights: `weights of seed ${seed}`,
});

const ended = new Set();

/** Of a picture, the model's name and the process that said so. Of many, one each 5 ms; one called "crash" ends the process. */
async function answer({ number, modelFolder, ask }) {
  if (ask.what === 'row')
    return post({ kind: 'asked', number, answer: { what: 'row', prediction: { target: ask.row.x, value: process.pid } } });
  if (ask.what === 'masks') {
    // More than two at once are too many for the seventh.
    if (ask.samples[0] === 7 && (ask.mostMicro ?? ask.samples.length) > 2) return process.kill(process.pid, 'SIGSEGV');
    // The first picture is quick.
    if (ask.samples[0] === 1) return;
    const views = { width: process.pid, height: ask.mostMicro, channels: 1, found: Uint8Array.from(ask.samples) };
    return post({ kind: 'asked', number, answer: { what: 'masks', views } });
  }
  if (ask.what === 'where') return post({ kind: 'asked', number, answer: { what: 'where', where: { label: ask.label } } });
  if (ask.what === 'picture') {
    if (ask.picture.bytes?.length === 8) process.kill(process.pid, 'SIGSEGV');
    // Neither heard nor answered any more.
    if (ask.picture.bytes?.length === 9) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    if (ask.picture.bytes?.length === 7) return post({ kind: 'not-asked', number, failure: { kind: 'bad-setting', problem: 'Seven.' } });
    const classes = [{ label: path.basename(modelFolder), probability: process.pid }];
    return post({ kind: 'asked', number, answer: { what: 'picture', prediction: { classes } } });
  }
  for (const [from, file] of ask.files.entries()) {
    await wait(5);
    if (ended.has(number)) return post({ kind: 'not-asked', number, failure: { kind: 'cancelled' } });
    if (file.includes('crash')) process.kill(process.pid, 'SIGSEGV');
    post({ kind: 'answers', number, answers: { from, answers: [{ shares: Float32Array.of(0.25, 0.75) }] } });
  }
  post({ kind: 'asked', number, answer: { what: 'pictures', labels: ['0', '1'] } });
}

async function obey(command) {
  switch (command.kind) {
    case 'train':
      return train(command);
    case 'stop':
      return void (stopped = true);
    case 'pause':
      return void (paused = true);
    case 'plan':
      await wait(50);
      if (command.spec.seed === 4) process.exit(3);
      // Dies of every size above 16.
      if (command.spec.seed === 9 && (command.mostMicro ?? 64) > 16) {
        post({ kind: 'trying', micro: 32 });
        return wait(20).then(() => process.kill(process.pid, 'SIGKILL'));
      }
      post({ kind: 'measured', point: plan.measured[0] });
      return post({ kind: 'plan', plan: { ...plan, batch: command.spec.batch }, engine });
    case 'forecast': {
      const { question, asked } = command;
      await wait(20);
      if (asked.spec.seed === 4) process.kill(process.pid, 'SIGSEGV');
      if (asked.spec.seed === 5) return;
      const forecast = {
        engine: { ...engine, version: String(process.pid) },
        asked: { batch: asked.spec.batch, neededBytes: 1 },
        measured: (asked.remembered ?? []).flatMap(({ points }) => points),
        measuredAt: (asked.remembered ?? []).map(({ diedAt }) => diedAt).join(),
      };
      return post({ kind: 'forecast', question, forecast });
    }
    case 'check-pieces':
      await wait(50);
      if (command.spec.seed === 4) process.exit(3);
      return post({
        kind: 'pieces-checked',
        check: { samples: command.spec.batch, engine: command.spec.engine === 'wasm' ? 'wasm 1' : 'js 1' },
      });
    case 'keep-other': {
      const other = { of: 'last step', epoch: 5, step: 5 };
      const final = { train: { ...metrics, loss: 0.125 }, validation: { ...metrics, loss: 0.5, accuracy: 0.75 } };
      return post({
        kind: 'other-kept',
        receipt: { format: 1, ...receipt(1), weights: path.basename(command.modelFolder), model: other, final },
      });
    }
    case 'ask':
      return answer(command);
    case 'end-ask':
      return void ended.add(command.number);
    case 'list-pictures':
      if (command.paths.includes('/slow')) await wait(150);
      return post({
        kind: 'pictures-listed',
        number: command.number,
        listed: { files: command.paths.flatMap((folder) => [`${folder}/a`, `${folder}/b`]), names: ['a', 'b'], passed: 1, problems: [] },
      });
    case 'compare': {
      await released(command.runFolders.at(-1), 'hold comparing');
      const missing = command.runFolders.flatMap((folder, place) => (existsSync(path.join(folder, 'judged')) ? [] : [place]));
      const notJudged = (place) => missing.includes(place);
      const refused = (run) => ({ kind: 'refused', because: 'not-judged', run, problem: 'Unknown.' });
      const verdicts = command.runFolders
        .slice(1)
        .map((_, i) => (notJudged(0) ? refused('baseline') : notJudged(i + 1) ? refused('other') : { kind: 'samples', samples: 2 }));
      const isTested = missing.length === 0 || command.asFarAsKept;
      return post({ kind: 'comparison', kept: { verdicts: isTested ? verdicts : [], missing } });
    }
    case 'disagreements':
      await released(command.runFolders.at(-1), 'hold disagreeing');
      return post({ kind: 'disagreements', found: { counts: { baselineBetter: 0, otherBetter: 1 } } });
    case 'compared-answers':
      return post({ kind: 'compared-answers', answers: { kind: 'classes', runs: command.runFolders.length } });
    case 'evaluate':
      post({ kind: 'evaluation-progress', done: 1, total: 2 });
      await released(command.runFolder, 'hold judging');
      if (command.part === 'test') await wait(60_000);
      writeFileSync(path.join(command.runFolder, 'judged'), '');
      return post({
        kind: 'evaluation',
        evaluated: { facts: { weights: command.runFolder, data: command.datasetFolder }, evaluation: {} },
      });
    case 'picture-tiles':
      return post({ kind: 'picture-tiles', number: command.number, tiles: command.files.map(() => undefined) });
    case 'export': {
      const beside = `${command.out}.unfinished-export`;
      mkdirSync(beside);
      post({ kind: 'export-progress', progress: { stage: 'checking', share: 0.5 } });
      if (command.name.includes('slow')) await wait(60_000);
      renameSync(beside, command.out);
      const samples = { count: 32, from: command.datasetFolder ? 'held-out' : 'noise' };
      return post({
        kind: 'exported',
        result: { name: path.basename(command.out), bytes: 3, proof: { kind: 'run', difference: 0, tolerance: 1, samples } },
      });
    }
    case 'pack-runs':
      writeFileSync(`${command.out}.unfinished`, '');
      if (path.basename(command.out).includes('slow')) await wait(60_000);
      renameSync(`${command.out}.unfinished`, command.out);
      return post({ kind: 'runs-packed', packed: { name: path.basename(command.out), bytes: 0, runs: command.runs.length, models: 0 } });
    case 'engines':
      return post({ kind: 'engines', report: { ...engine, version: String(process.pid) }, native: [] });
    case 'install-engine':
      post({ kind: 'install-progress', progress: { stage: 'download', doneBytes: 1, totalBytes: 2, message: 'Half.' } });
      // Tried, this one crashes.
      if (command.native === 'cuda')
        post({ kind: 'install-progress', progress: { stage: 'verify', doneBytes: 0, totalBytes: 0, message: 'Trying.' } });
      await wait(command.native === 'cuda' ? 60_000 : 5);
      return post({ kind: 'done' });
    case 'remove-engine':
      return post({ kind: 'done' });
    default:
      return importing(command, { post, wait });
  }
}

process.on('message', (command) => void obey(command));
