// A check, an import and a data set as lines of text.
import { formatBytes } from '#shared/bytes';
import { assertNever } from '#shared/assert-never';
import type { CheckReport, DatasetManifest, DatasetSummary, FileProblem, PictureCheck, PictureManifest } from '#shared/dataset';
import { percentShares, type MaskClass } from '#shared/segmentation';
import { counted } from '#datasets/class-counts';
import { differenceSentence } from '#shared/version-difference';
import { columnLines, tableLines } from './table-report';
import { printable, shortened } from './terminal';

export function describeCheck(report: CheckReport): string[] {
  const errors = report.problems.filter(({ severity }) => severity === 'error');
  const warnings = report.problems.filter(({ severity }) => severity === 'warning');
  return [
    `${printable(report.name)}: ${printable(report.summary)}`,
    ...foundLines(report),
    ...likelyLines(report),
    ...groupLines(report),
    ...named('Left out', report, errors),
    ...named('Imported, but look at', report, warnings),
    ...report.advice.map((sentence) => `Note: ${printable(sentence)}`),
    ...(report.blocking.length > 0 ? report.blocking.map((sentence) => `Not ready: ${printable(sentence)}`) : [readyLine(report)]),
  ];
}

/** Where pictures are read as classes and look like pictures with masks. */
export const likelyLines = (report: CheckReport): string[] =>
  report.kind === 'image-classes' && report.likelyMasks !== undefined
    ? [`Look: ${printable(report.likelyMasks)} If so, read them as pictures with masks: --kind masks.`]
    : [];

function foundLines(report: CheckReport): string[] {
  switch (report.kind) {
    case 'image-classes':
      return classLines(report);
    case 'segmentation':
      return maskLines(report.classes);
    case 'table':
      return tableLines(report);
    default:
      return assertNever(report);
  }
}

function groupLines(report: CheckReport): string[] {
  if (report.kind === 'table' || !report.groups) return [];
  return [`${counted(report.groups, 'group', 'groups')}, each kept on one side of the split (--groups mix says otherwise).`];
}

/** "  disc  value 1  12.3 % of the pixels, in 240 pictures". */
function maskLines(classes: readonly MaskClass[]): string[] {
  const widest = Math.max(0, ...classes.map(({ label }) => label.length));
  const shares = percentShares(classes);
  const lines = classes.map(({ label, written, pictures }, i) => {
    const name = printable(label).padEnd(widest);
    return `  ${name}  value ${written}  ${shares[i]} of the pixels, in ${counted(pictures, 'picture', 'pictures')}`;
  });
  return shortened(lines);
}

function classLines({ classes }: PictureCheck): string[] {
  const widest = Math.max(0, ...classes.map(({ label }) => label.length));
  return shortened(
    classes.map(
      ({ label, count, bytes }) => `  ${printable(label).padEnd(widest)}  ${count.toLocaleString('en')}  (${formatBytes(bytes)})`,
    ),
  );
}

function readyLine(report: CheckReport): string {
  if (report.kind === 'table') {
    const how = report.task === 'classification' ? 'as a class' : 'as a number';
    return `Ready to be imported: "${printable(report.target)}" is learnt ${how} (--target, --task, --leave-out and --as say otherwise).`;
  }
  const { width, height, channels } = report.suggested;
  return `Ready to be imported at ${width} × ${height} in ${channels === 1 ? 'grey' : 'colour'}.`;
}

export function describeImport(manifest: DatasetManifest, folder: string): string[] {
  return [...named('Left out', manifest, manifest.leftOut), `Imported into ${folder}: ${inOneLine(manifest)}`];
}

export function describeDataset(manifest: DatasetManifest): string[] {
  return [
    `${printable(manifest.name)}: ${inOneLine(manifest)}`,
    ...contentLines(manifest),
    ...named('Left out when it was imported', manifest, manifest.leftOut),
    `Content ${manifest.contentHash}, verified. Imported ${manifest.createdAt}.`,
  ];
}

function contentLines(manifest: DatasetManifest): string[] {
  switch (manifest.kind) {
    case 'image-classes':
      return countLines(manifest);
    case 'segmentation':
      return maskLines(manifest.classes);
    case 'table':
      return columnLines(manifest);
    default:
      return assertNever(manifest);
  }
}

function countLines({ labels, samples }: PictureManifest): string[] {
  const counts = labels.map(() => 0);
  for (const { label } of samples) counts[label]++;
  const widest = Math.max(...labels.map((label) => label.length));
  return shortened(labels.map((label, i) => `  ${printable(label).padEnd(widest)}  ${counts[i].toLocaleString('en')}`));
}

/** One data set a line, newest version first; older ones below it with what changed since the one before. */
export function describeList(datasets: DatasetSummary[]): string[] {
  if (datasets.length === 0) return ['Nothing is imported yet. The app imports folders; `data import` packs one into a folder of its own.'];
  const newest = datasets.filter(({ series, version }) => !datasets.some((other) => other.series === series && other.version > version));
  return newest.flatMap((dataset) => {
    const { name, series, count, labels, bytesOnDisk } = dataset;
    const versions = datasets.filter((other) => other.series === series).sort((a, b) => b.version - a.version);
    const learnt = dataset.kind === 'table' && dataset.task === 'regression' ? `"${dataset.target}", a number` : `${labels.length} classes`;
    const facts = `${count.toLocaleString('en')} samples, ${printable(learnt)}, ${formatBytes(bytesOnDisk)}`;
    return [`${printable(name)}: ${facts}`, ...describeVersions(versions)];
  });
}

/** What changed in each. */
export const describeVersions = (versions: DatasetSummary[]): string[] =>
  versions.map(({ version, difference, count, createdAt }) => {
    const what = difference ? differenceSentence(difference) : 'imported';
    return `  version ${version}, ${createdAt.slice(0, 10)}, ${count.toLocaleString('en')} samples: ${printable(what)}`;
  });

/** Of an import that was stopped or killed. */
export const describeUnfinished = ({ into, done, total }: { into: string; done: number; total: number }): string =>
  `${printable(into)}: unfinished, ${done.toLocaleString('en')} of ${total.toLocaleString('en')} pictures. The same import goes on from there; data discard ${printable(into)} gives it up.`;

export function inOneLine(manifest: DatasetManifest): string {
  const { labels, count } = manifest;
  if (manifest.kind === 'table') {
    const { columns, target, task } = manifest;
    const learnt = task === 'classification' ? `${labels.length} classes` : 'a number';
    return `${counted(count, 'row', 'rows')}, ${counted(columns.length, 'column', 'columns')} to learn "${printable(target)}" from, ${learnt}.`;
  }
  const { width, height, channels, ownSplit } = manifest;
  const isMasked = manifest.kind === 'segmentation';
  const bytes = formatBytes(count * width * height * (channels + (isMasked ? 1 : 0)));
  return `${labels.length} classes, ${count.toLocaleString('en')} pictures${isMasked ? ' with masks' : ''} of ${width} × ${height} in ${channels === 1 ? 'grey' : 'colour'}, ${bytes}${ownSplit ? ', own split' : ''}.`;
}

function named(what: string, { kind }: Pick<DatasetManifest, 'kind'>, problems: FileProblem[]): string[] {
  if (problems.length === 0) return [];
  const lines = problems.map(({ file, message }) => `  ${printable(file)}: ${printable(message)}`);
  return [
    `${what} ${kind === 'table' ? counted(problems.length, 'row', 'rows') : counted(problems.length, 'file', 'files')}:`,
    ...shortened(lines),
  ];
}
