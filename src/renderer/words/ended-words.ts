// How a run ended and with what, in one line: for those who look at something else.
import { quoted } from '#shared/language';
import type { RunDetail, RunSummary } from '#shared/run-record';
import { mainWords } from '#shared/metric-words';
import { count, counted, loss, percent } from './numbers';
import { noBetter, resultCell, stoppedItself } from './run-words';

/** "“digits” finished early after 105 epochs. The model of epoch 98 is kept: 99.2 % right in validation." */
export function endedWords(run: RunSummary): string {
  const { name, state, failure, hasModel } = run;
  if (state === 'failed') return `“${name}” failed. ${failure ?? ''}`.trim();
  if (state === 'interrupted') return `“${name}” was interrupted. ${failure ?? ''}`.trim();
  if (!hasModel) return `“${name}” ended before it had a model.`;
  const kept = run.keptModel?.epoch === undefined ? undefined : `The model of epoch ${count(run.keptModel.epoch)} is kept`;
  const came = [kept, resultWords(run)].filter((words) => words !== undefined).join(': ');
  return `${quoted(name)} ${endWords(run)}.${came === '' ? '' : ` ${came}.`}`;
}

/** More would be no line. */
const MOST_NAMED = 2;

/** "3 runs ended, 1 of them failed: “birds”."; where none did, what the newest came to. The newest stand first. */
export function endedTogetherWords(runs: readonly RunSummary[]): string {
  const bad = runs.filter(({ state }) => state === 'failed' || state === 'interrupted');
  const all = `${count(runs.length)} runs ended`;
  if (bad.length === 0) return `${all}, the last of them ${cameTo(runs[0])}.`;
  const more = bad.length - MOST_NAMED;
  const names = bad.slice(0, MOST_NAMED).map(({ name }) => quoted(name));
  return `${all}, ${count(bad.length)} of them failed: ${names.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}.`;
}

function cameTo(run: RunSummary): string {
  const result = resultCell(run);
  if (!run.hasModel) return `“${run.name}”, which has no model`;
  return result === '–' ? quoted(run.name) : `“${run.name}” with ${result}`;
}

function endWords(run: RunSummary): string {
  if (run.state === 'completed' && run.endedEarly) return `${stoppedItself(run, run.endedEarly)}, ${noBetter(run.endedEarly)}`;
  const epochs = counted(run.epochsDone, 'epoch', 'epochs');
  return run.state === 'completed' ? `completed after ${epochs}` : `finished early after ${epochs}`;
}

function resultWords({ validationAccuracy, validationScores }: RunSummary): string | undefined {
  if (validationScores) return mainWords(validationScores);
  return validationAccuracy === undefined ? undefined : `${percent(validationAccuracy)} right in validation`;
}

/** Of the model that was taken instead of the other. */
export function keptNowWords({ name, receipt }: Pick<RunDetail, 'name' | 'receipt'>): string {
  const { model, final } = receipt ?? {};
  if (model?.epoch === undefined || !final) return `“${name}” keeps its other model now.`;
  const [epoch, its] = [count(model.epoch), loss((final.validation ?? final.train).loss ?? NaN)];
  const of = final.validation ? `validation loss ${its}` : `training loss ${its}`;
  return model.of === 'best epoch'
    ? `“${name}” keeps the best model now, of epoch ${epoch} (${of}).`
    : `“${name}” keeps the last model now, of epoch ${epoch} (${of}).`;
}
