// What an exported page is told beside its model: written by html.ts, read by the page (src/renderer/exported).
import type { ModelMetadata } from '#engine/layers-model';
import type { ExportResult } from '#shared/exports';
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
  references: ExportResult['samples'];
  licences: Licence[];
}
