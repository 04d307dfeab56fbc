// README.md of an export, in plain words: what the model is, what goes in, what comes out, how good it is.
import type { PictureMetadata, TableMetadata } from '#engine/layers-model';
import { assertNever } from '#shared/assert-never';
import { MODEL_CARDS } from '#shared/model-cards';
import type { ModelName } from '#shared/run-spec';
import type { UsedColumn } from '#shared/table';
import type { TakenModel } from './exporter';
import { howGood } from './how-good';
import { WHOLE_PICTURE } from './page-facts';

/** @param usage markdown: how this export is opened @param also of the data beside it, behind ", and" */
export function readme(model: TakenModel, usage: string, also?: string): string {
  const { name, metadata } = model;
  const good = howGood(model.receipt);
  const of = 'table' in metadata ? `${metadata.target} from a row of a table` : pictureTask(metadata);
  return `${[
    `# ${oneLine(name)}`,
    `A model that tells ${of}, trained with Overbatch (${MODEL_CARDS[metadata.model as ModelName].label}).`,
    `## What goes in\n\n${'table' in metadata ? rowInput(metadata) : pictureInput(metadata)}`,
    `## What comes out\n\n${output(metadata)}`,
    ...(good ? [`## How good it is\n\n${good}`] : []),
    `## What of the data is in it\n\n${contents(metadata, also)}`,
    usage,
  ].join('\n\n')}\n`;
}

function contents(metadata: TakenModel['metadata'], also?: string): string {
  const what =
    'table' in metadata
      ? 'The names of the columns of its table, every value of its categories (names and places too), and means and deviations'
      : 'The names of its classes';
  return `${what}${also ? `, and ${also}` : ''}. Whoever gets this gets them.`;
}

/** A person's words in markdown: on one line, and no markup of it. */
export const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*[\]<>#|]/g, '\\$&')
    .trim();

const pictureTask = ({ output, labels }: PictureMetadata): string =>
  output === 'pixel probabilities'
    ? `the class of every pixel of a picture (${labels.length} classes)`
    : `the class of a picture (${labels.length} classes)`;

function pictureInput({
  inputShape: [height, width, channels],
  preprocessing: { scale, resize, stored },
  output,
}: PictureMetadata): string {
  return [
    `A picture as float32 numbers, [samples, ${height}, ${width}, ${channels}] (rows, columns, ${channels === 1 ? 'grey' : 'red, green, blue'}):`,
    [
      'turned upright as its EXIF data says, transparency laid over white',
      `${stored ? 'stretched' : resize}, ${(stored ?? { width }).width} × ${(stored ?? { height }).height} pixels, with a Lanczos filter of three lobes (as Pillow's LANCZOS), values rounded to whole numbers of 0 to 255`,
      ...(channels === 1 ? ['made grey: (19595 × red + 38470 × green + 7471 × blue + 32768) ÷ 65536, rounded down'] : []),
      ...(stored ? [`stretched to ${width} × ${height} pixels, bilinear (as Pillow's BILINEAR), values rounded again`] : []),
      `multiplied by ${scale} (1 ÷ 255), so that they are 0 to 1`,
    ]
      .map((step, i) => `${i + 1}. ${step}`)
      .join('\n'),
    ...(output === 'pixel probabilities' ? [`${WHOLE_PICTURE} Cut a larger one into parts of the size learnt from for the same.`] : []),
  ].join('\n\n');
}

function rowInput({ inputShape: [width], table: { columns, fit } }: TableMetadata): string {
  const rules = columns.map((column, i) => `| ${oneLine(column.name)} | ${rule(column, fit.columns[i])} |`);
  return [
    `A row as ${width} float32 numbers, column after column as below. \`about.json\` has all figures of it (\`table.columns\`, \`table.fit\`).`,
    ['| column | becomes |', '|---|---|', ...rules].join('\n'),
  ].join('\n\n');
}

function rule(column: UsedColumn, fit: TableMetadata['table']['fit']['columns'][number]): string {
  const flag = 'flag' in column && column.flag ? '; then 1 where it is missing, else 0' : '';
  const standard = 'mean' in fit ? ` − ${fit.mean}) ÷ ${fit.deviation || 1}` : ')';
  switch (column.kind) {
    case 'number':
      return `(value − ${column.origin}${standard}; missing: as if value − origin were ${fit.fill}${flag}`;
    case 'boolean':
      return `no 0, yes 1, then (that${standard}; missing: ${fit.fill}${flag}`;
    case 'date':
      return `days since 1970-01-01 − ${column.origin}, then (that${standard}; then sine and cosine of its place in ${column.cycles.join(', ')}; missing: ${fit.fill}${flag}`;
    case 'category': {
      const places = [...column.categories.map(oneLine), ...(column.other ? ['(other)'] : []), ...(column.ownMissing ? ['(missing)'] : [])];
      return `1 for what it is, 0 for the rest of: ${places.join(', ')}`;
    }
    default:
      return assertNever(column);
  }
}

function output(metadata: TakenModel['metadata']): string {
  const labels = metadata.labels.map((label, i) => `${i}. ${oneLine(label)}`).join('\n');
  switch (metadata.output) {
    case 'probabilities':
      return `Probabilities, [samples, ${metadata.labels.length}], in this order (counted from 0):\n\n${labels}`;
    case 'pixel probabilities':
      return `Probabilities of every pixel, [samples, ${metadata.inputShape[0]}, ${metadata.inputShape[1]}, ${metadata.labels.length}], in this order (counted from 0):\n\n${labels}`;
    case 'value': {
      const { mean, deviation } = metadata.table.fit.target ?? { mean: 0, deviation: 1 };
      return `One number a row, [samples, 1], standardized: ${oneLine(metadata.target)} = number × ${deviation} + ${mean}.`;
    }
    default:
      return assertNever(metadata);
  }
}
