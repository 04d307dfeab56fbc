// What an exported page is told beside its model: written by html.ts, read by the page (src/renderer/exported).
import type { ModelMetadata } from '#engine/layers-model';
import type { Compared } from '#shared/exports';
import type { Receipt } from '#shared/run-event';
import type { Licence } from './exporter';

export interface PageFacts {
  /** Of the run. */
  name: string;
  metadata: ModelMetadata;
  receipt?: Receipt;
  /** In plain words: what goes in, what comes out. */
  readme: string;
  /** What its answers were compared on. */
  references?: Compared;
  licences: Licence[];
}

/** Of masks: Overbatch itself looks at pictures larger than those learnt from in parts (trainer/asking/mask-in-tiles.ts). */
export const WHOLE_PICTURE =
  'The whole picture is brought to the size of the input, so what is small in a large picture may be missed; Overbatch itself looks at it in parts.';
