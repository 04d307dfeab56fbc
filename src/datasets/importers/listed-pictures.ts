// A table of file,label beside the pictures it names: labels.csv, or train.csv and test.csv.
import { listed, locale } from '#shared/language';
import type { FileProblem, SplitName } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { byText, problemEntry, type FileEntry, type Source } from '../sources/source';
import { outerFiles } from './data-root';
import { filesOf, type Importer, type ListedPicture, type Listing } from './importer';
import { MOST_ROWS, readLabelTable, type LabelTable } from './label-table';
import { PictureNames } from './picture-names';
import { splitNamed } from './split-name';

const TABLE = /\.(csv|tsv|txt)$/i;
const LARGEST_TABLE_BYTES = 128e6;
const MOST_TABLES = 8;
const HEAD_BYTES = 1 << 18;

interface Found {
  entry: FileEntry;
  table: LabelTable;
  /** By the table's own name, where several tables are the parts of a split. */
  split: SplitName;
}

export const listedPictures: Importer = {
  async list({ source, chosen }, watch) {
    const candidates = (await outerFiles(source, watch.signal)).filter(
      ({ name, bytes }) => (chosen === undefined ? TABLE.test(name) : name === chosen) && bytes > 0 && bytes <= LARGEST_TABLE_BYTES,
    );
    if (candidates.length === 0 || candidates.length > MOST_TABLES) return undefined;
    const names = await PictureNames.of(source, watch);
    const found: Found[] = [];
    for (const entry of candidates) {
      const bytes = await source.read(entry.path, entry.bytes).catch(() => Buffer.alloc(0));
      const isThere = (cell: string) => names.find(cell, entry.path) !== undefined;
      // Most long texts name no picture: their beginning says so.
      if (!readLabelTable(headOf(bytes), isThere)) continue;
      const table = readLabelTable(bytes, isThere);
      if (!table) throw unreadableList(entry);
      found.push({ entry, table, split: splitNamed(entry.name.replace(TABLE, '').split(/[^a-z]/i)[0]) ?? 'none' });
    }
    const used = chosen === undefined ? tablesOf(found) : found;
    return used.length > 0 ? listing(source, names, used) : undefined;
  },
};

const unreadableList = ({ path }: FileEntry) =>
  new FailureError({
    kind: 'dataset-invalid',
    path,
    problem: `it names pictures, and its rows cannot be told apart: a quotation mark is opened and never closed, or it has more than ${MOST_ROWS.toLocaleString(locale)} rows. Save it again, or put the pictures into one folder for each class.`,
  });

/** Up to the end of a line. */
const headOf = (bytes: Buffer): Buffer => {
  if (bytes.length <= HEAD_BYTES) return bytes;
  const head = bytes.subarray(0, HEAD_BYTES);
  return head.subarray(0, Math.max(head.lastIndexOf(0x0a), head.lastIndexOf(0x0d)) + 1 || HEAD_BYTES);
};

/** Several tables count only where each is a part of the split; else the one that names most. */
function tablesOf(found: Found[]): Found[] {
  const splits = new Set(found.map(({ split }) => split));
  if (found.length > 1 && splits.size === found.length && !splits.has('none')) return found;
  const most = Math.max(...found.map(({ table }) => table.rows.length));
  return found.filter(({ table }) => table.rows.length === most).slice(0, 1);
}

function listing(source: Source, names: PictureNames, found: Found[]): Listing {
  const problems: FileProblem[] = [...names.problems];
  const claims = new Map<string, { file: FileEntry; label: string; split: SplitName }>();
  for (const { entry, table, split } of found) addRows(claims, problems, names, entry, table, found.length > 1 ? split : 'none');
  for (const { path } of names.unclaimed(claims)) {
    problems.push(
      problemEntry(
        path,
        'unlabeled',
        `No row of ${listed(
          found.map(({ entry }) => entry.name),
          'disjunction',
        )} names it, so its class is not known. Add a row; until then it is left out.`,
      ).problem,
    );
  }
  const labels = [...new Set([...claims.values()].map(({ label }) => label))].sort(byText);
  const index = new Map(labels.map((label, i) => [label, i]));
  const pictures = [...claims.values()].map(({ file, label, split }): ListedPicture => ({
    file: file.path,
    bytes: file.bytes,
    label: index.get(label)!,
    split,
  }));
  pictures.sort((a, b) => byText(a.file, b.file));
  const [{ entry, table }] = found;
  const { file, label, part } = table.columns;
  return {
    layout: 'listed',
    found: `labels from ${found.length > 1 ? listed(found.map(({ entry: { name } }) => name)) : entry.name}: "${label}" for each "${file}"${part === undefined ? '' : `, split by "${part}"`}`,
    labels,
    pictures,
    problems,
    ...filesOf(source),
  };
}

function addRows(
  claims: Map<string, { file: FileEntry; label: string; split: SplitName }>,
  problems: FileProblem[],
  names: PictureNames,
  entry: FileEntry,
  table: LabelTable,
  split: SplitName,
): void {
  const refused = (file: string, kind: FileProblem['kind'], message: string) => problems.push(problemEntry(file, kind, message).problem);
  const conflicting = new Set<string>();
  for (const [row, { name, label, part }] of table.rows.entries()) {
    const file = names.find(name, entry.path);
    if (name === '') refused(entry.path, 'missing', `Its row ${row + 1} names no picture. Fill in the name, or remove the row.`);
    else if (!file)
      refused(name, 'missing', `${entry.name} names it, and it is not there under this name. Copy it beside the table, or remove the row.`);
    else if (label === '') {
      refused(file.path, 'unlabeled', `Its row in ${entry.name} gives no label. Fill it in; until then it is left out.`);
      names.claimed(file.path);
    } else {
      const own = table.columns.part === undefined ? split : (splitNamed(part) ?? 'train');
      const known = claims.get(file.path);
      if (known && known.label !== label) conflicting.add(file.path);
      else if (!known) claims.set(file.path, { file, label, split: own });
    }
  }
  for (const path of conflicting) {
    claims.delete(path);
    names.claimed(path);
    refused(path, 'label-conflict', `${entry.name} gives it two labels. Delete the wrong row; until then it is left out.`);
  }
}
