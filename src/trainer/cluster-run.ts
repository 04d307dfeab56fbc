// What a finished run began with and learnt from, opened again so that it can be taken to a cluster.
import type { ExportFile, TakenModel } from '#exports/exporter';
import { projectFiles } from '#exports/pytorch/project';
import { FailureError } from '#shared/failure';
import { buildNetwork, firstWeights } from './build-network';
import { defaultBudgetBytes } from './free-memory';
import { openTrainingData } from './open-training-data';

export interface RunPlaces {
  /** The version that the run learnt from. */
  datasetFolder: string;
  /** Of the run that it started from. */
  startFolder?: string;
}

/**
 * The run as a Python project, its data included.
 * @throws FailureError bad-setting for what cannot be repeated there, and where receipt or data are not those of the run
 */
export async function clusterProject(model: TakenModel, { datasetFolder, startFolder }: RunPlaces): Promise<ExportFile[]> {
  const { receipt } = model;
  if (!receipt) throw new FailureError({ kind: 'bad-setting', problem: NO_RECEIPT });
  const { spec, microBatch, dataset } = receipt;
  const data = await openTrainingData(datasetFolder, { ...spec, workers: 0 }, defaultBudgetBytes());
  try {
    if (data.summary.contentHash !== dataset.contentHash) throw new FailureError({ kind: 'bad-setting', problem: OTHER_DATA });
    const network = buildNetwork(spec, data);
    const initial = await firstWeights(network, spec, data.model, startFolder);
    return projectFiles({ model, run: { network, spec, micro: microBatch, classCounts: data.classCounts }, initial, data });
  } finally {
    await data.close();
  }
}

const NO_RECEIPT =
  'The run has no receipt.json, which says how it was trained, so it cannot be repeated elsewhere. Take the folder of a finished run.';
const OTHER_DATA =
  'These are not the data the run was trained on, so its samples would be others. Give the version of the data that its receipt names.';
