// How a run ended and with what, in one line: for those who look at something else.
import type { RunDetail, RunSummary } from '#shared/run-record';
import { mainWords } from '#shared/metric-words';
import { count, counted, loss, percent } from './numbers';
import { noBetter, resultCell, stoppedItself } from './run-words';

/** "“digits” finished early after 105 epochs. The model of epoch 98 is kept: 99.2 % right in validation." */
export function endedWords(run: RunDetail): string {
  const { name, state, failure, hasModel } = run;
  if (state === 'failed') return `“${name}” failed. ${failure ?? ''}`.trim();
  if (state === 'interrupted') return `“${name}” was interrupted. ${failure ?? ''}`.trim();
  if (!hasModel) return `“${name}” ended before it had a model.`;
  const kept = run.keptModel?.epoch === undefined ? undefined : `The model of epoch ${count(run.keptModel.epoch)} is kept`;
  const came = [kept, resultWords(run)].filter((words) => words !== undefined).join(': ');
  return `“${name}” ${endWords(run)}.${came === '' ? '' : ` ${came}.`}`;
}

/** More would be no line. */
const MOST_NAMED = 3;

/** "3 runs ended: “birds” failed, “digits (2)” 98.1 %, “digits” 99.2 %." Those that failed stand first. */
export function endedTogetherWords(runs: readonly RunDetail[]): string {
  const [bad, good] = [runs.filter(isBad), runs.filter((run) => !isBad(run))];
  const named = [...bad, ...good].slice(0, MOST_NAMED).map(cameTo);
  const more = runs.length - named.length;
  return `${count(runs.length)} runs ended: ${named.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}.`;
}

const isBad = ({ state }: RunDetail): boolean => state === 'failed' || state === 'interrupted';

function cameTo(run: RunDetail): string {
  const { name, state, hasModel } = run;
  if (isBad(run)) return `“${name}” ${state === 'failed' ? 'failed' : 'was interrupted'}`;
  return hasModel ? `“${name}” ${resultCell(run)}` : `“${name}” has no model`;
}

function endWords(run: RunDetail): string {
  if (run.state === 'completed' && run.endedEarly) return `${stoppedItself(run, run.endedEarly)}, ${noBetter(run.endedEarly)}`;
  return `${run.state === 'completed' ? 'completed' : 'finished early'} after ${counted(run.epochsDone, 'epoch')}`;
}

function resultWords({ validationAccuracy, validationScores }: RunSummary): string | undefined {
  if (validationScores) return mainWords(validationScores);
  return validationAccuracy === undefined ? undefined : `${percent(validationAccuracy)} right in validation`;
}

/** Of the model that was taken instead of the other. */
export function keptNowWords({ name, receipt }: Pick<RunDetail, 'name' | 'receipt'>): string {
  const { model, final } = receipt ?? {};
  if (model?.epoch === undefined || !final) return `“${name}” keeps its other model now.`;
  const which = model.of === 'best epoch' ? 'the best model' : 'the last model';
  const of = final.validation ? 'validation' : 'training';
  return `“${name}” keeps ${which} now, of epoch ${count(model.epoch)} (${of} loss ${loss((final.validation ?? final.train).loss ?? NaN)}).`;
}
