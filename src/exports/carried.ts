// What every export in a folder carries besides the model: words, labels and preprocessing as data, the receipt, licences.
import type { ExportFile, TakenModel } from './exporter';
import { readme } from './readme';

const encoder = new TextEncoder();
export const textFile = (path: string, text: string): ExportFile => ({ path, bytes: encoder.encode(text) });

/** What of these files says more. */
function beside({ receipt, licences }: TakenModel): string {
  const told = [
    ...(receipt ? ['`receipt.json` says how it was trained: data, settings, engine, and how well it did.'] : []),
    ...(licences.length > 0
      ? [
          `## Licence\n\nIts training may have begun with weights of others: ${licences.map((l) => l.of).join('; ')}. LICENSE-weights has their terms.`,
        ]
      : []),
  ];
  return told.map((text) => `\n${text}\n`).join('');
}

/** @param usage markdown: how this export is opened, and how it was tried @param also of the data beside it, behind ", and" */
export function carriedFiles(model: TakenModel, usage: string, also?: string): ExportFile[] {
  const { metadata, receipt, licences } = model;
  return [
    textFile('README.md', `${readme(model, usage, also)}${beside(model)}`),
    textFile('about.json', JSON.stringify(metadata, null, 2)),
    ...(receipt ? [textFile('receipt.json', JSON.stringify(receipt, null, 2))] : []),
    ...licences.map(({ text }, i) => textFile(i === 0 ? 'LICENSE-weights' : `LICENSE-weights-${i + 1}`, text)),
  ];
}
