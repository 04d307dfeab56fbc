// A confusion matrix of a report, or the difference of two: a table whose cells are coloured by what they count.
import * as v from 'valibot';
import { escaped } from '../single-page';

const text = v.pipe(v.string(), v.maxLength(1_000));
const MOST_CLASSES = 24;
const count = v.pipe(v.number(), v.integer());

const CellSchema = v.object({
  /** Samples; of a difference, more of them or fewer. */
  value: count,
  text,
  colour: v.picklist(['accent', 'bad', 'better', 'worse']),
  /** Of the colour, percent. */
  strength: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
});

export const MatrixSchema = v.object({
  title: text,
  labels: v.pipe(v.array(text), v.maxLength(MOST_CLASSES)),
  /** A row is what is so, a cell of it what is said. */
  rows: v.pipe(v.array(v.pipe(v.array(CellSchema), v.maxLength(MOST_CLASSES))), v.maxLength(MOST_CLASSES)),
});
export type ComparisonMatrix = v.InferOutput<typeof MatrixSchema>;

export const matrixTable = ({
  title,
  labels,
  rows,
}: ComparisonMatrix): string => `<table class="matrix"><caption>${escaped(title)}</caption>
<thead><tr><td></td>${labels.map((label) => `<th scope="col">${escaped(label)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((cells, i) => `<tr><th scope="row">${escaped(labels[i])}</th>${cells.map(cellOf).join('')}</tr>`).join('\n')}
</tbody></table>`;

const cellOf = ({ text: said, colour, strength }: ComparisonMatrix['rows'][number][number]): string =>
  strength === 0 ? `<td>${escaped(said)}</td>` : `<td class="${colour}" style="--strength: ${Math.round(strength)}%">${escaped(said)}</td>`;
