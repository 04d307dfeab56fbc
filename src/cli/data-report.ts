// A check, an import and a data set as lines of text.
import { formatBytes } from '#shared/bytes';
import type { DatasetSummary, FileProblem, PictureCheck, PictureManifest } from '#shared/dataset';
import { differenceSentence } from '#shared/version-difference';

const SHOWN = 20;

export function describeCheck(report: PictureCheck): string[] {
  const errors = report.problems.filter(({ severity }) => severity === 'error');
  const warnings = report.problems.filter(({ severity }) => severity === 'warning');
  const { width, height, channels } = report.suggested;
  const widest = Math.max(0, ...report.classes.map(({ label }) => label.length));
  return [
    `${report.name}: ${report.summary}`,
    ...shortened(
      report.classes.map(
        ({ label, count, bytes }) => `  ${printable(label).padEnd(widest)}  ${count.toLocaleString('en')}  (${formatBytes(bytes)})`,
      ),
    ),
    ...named('Left out', errors),
    ...named('Imported, but look at', warnings),
    ...report.advice.map((sentence) => `Note: ${sentence}`),
    ...(report.blocking.length > 0
      ? report.blocking.map((sentence) => `Not ready: ${sentence}`)
      : [`Ready to be imported at ${width} × ${height} in ${channels === 1 ? 'grey' : 'colour'}.`]),
  ];
}

export function describeImport(manifest: PictureManifest, folder: string): string[] {
  return [...named('Left out', manifest.leftOut), `Imported into ${folder}: ${inOneLine(manifest)}`];
}

export function describeDataset(manifest: PictureManifest): string[] {
  const counts = manifest.labels.map(() => 0);
  for (const { label } of manifest.samples) counts[label]++;
  const widest = Math.max(...manifest.labels.map((label) => label.length));
  return [
    `${manifest.name}: ${inOneLine(manifest)}`,
    ...shortened(manifest.labels.map((label, i) => `  ${printable(label).padEnd(widest)}  ${counts[i].toLocaleString('en')}`)),
    ...named('Left out when it was imported', manifest.leftOut),
    `Content ${manifest.contentHash}, verified. Imported ${manifest.createdAt}.`,
  ];
}

/** One data set a line, newest version first; older ones below it with what changed since the one before. */
export function describeList(datasets: DatasetSummary[]): string[] {
  if (datasets.length === 0) return ['Nothing is imported yet. The app imports folders; `data import` packs one into a folder of its own.'];
  const newest = datasets.filter(({ series, version }) => !datasets.some((other) => other.series === series && other.version > version));
  return newest.flatMap((dataset) => {
    const { name, series, count, labels, bytesOnDisk } = dataset;
    const versions = datasets.filter((other) => other.series === series).sort((a, b) => b.version - a.version);
    const facts = `${count.toLocaleString('en')} samples, ${labels.length} classes, ${formatBytes(bytesOnDisk)}`;
    return [`${printable(name)}: ${facts}`, ...describeVersions(versions)];
  });
}

/** What changed in each. */
export const describeVersions = (versions: DatasetSummary[]): string[] =>
  versions.map(({ version, difference, count, createdAt }) => {
    const what = difference ? differenceSentence(difference) : 'imported';
    return `  version ${version}, ${createdAt.slice(0, 10)}, ${count.toLocaleString('en')} samples: ${printable(what)}`;
  });

export function inOneLine({ labels, count, width, height, channels, ownSplit }: PictureManifest): string {
  const bytes = formatBytes(count * width * height * channels);
  return `${labels.length} classes, ${count.toLocaleString('en')} pictures of ${width} × ${height} in ${channels === 1 ? 'grey' : 'colour'}, ${bytes}${ownSplit ? ', own split' : ''}.`;
}

function named(what: string, problems: FileProblem[]): string[] {
  if (problems.length === 0) return [];
  const lines = problems.map(({ file, message }) => `  ${printable(file)}: ${printable(message)}`);
  return [`${what} ${problems.length.toLocaleString('en')} ${problems.length === 1 ? 'file' : 'files'}:`, ...shortened(lines)];
}

/** A file's name may hold what a terminal would obey. */
// eslint-disable-next-line no-control-regex
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�');

function shortened(lines: string[]): string[] {
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `  … and ${(lines.length - SHOWN).toLocaleString('en')} more (--json lists all)`];
}
