// The columns of a table as lines of text: what each is, how it becomes numbers, what happens where it is missing.
import type { ColumnReport, TableCheck, TableManifest } from '#shared/table';
import { printable, shortened } from './terminal';

const LONGEST_NAME = 28;
const USES: Record<ColumnReport['use'], string> = { input: 'from', target: 'learnt', 'left-out': 'left out' };

/** Of a check: the columns, then the classes. */
export function tableLines({ columns, classes }: TableCheck): string[] {
  const widest = widthOf(columns.map(({ name }) => name));
  return [
    ...shortened(
      columns.map(({ name, use, kind, missing, rule, values }) => {
        const gaps = missing > 0 ? `, ${missing.toLocaleString('en')} missing` : '';
        const held = values === '' ? '' : ` ${printable(values)}.`;
        return `  ${fitted(name, widest)}  ${USES[use].padEnd(8)}  ${kind}${gaps}.${held} ${printable(rule)}`;
      }),
    ),
    ...classLines(classes),
  ];
}

function classLines(classes: TableCheck['classes']): string[] {
  const widest = widthOf(classes.map(({ label }) => label));
  return shortened(classes.map(({ label, count }) => `  ${fitted(label, widest)}  ${count.toLocaleString('en')}`));
}

/** Of a data set. */
export function columnLines({ columns, columnsLeftOut, labels }: TableManifest): string[] {
  const widest = widthOf([...columns, ...columnsLeftOut].map(({ name }) => name));
  return [
    ...shortened(
      columns.map((column) => {
        const gaps = column.missing > 0 ? `, ${column.missing.toLocaleString('en')} missing` : '';
        const held = column.kind === 'category' ? ` of ${column.categories.length.toLocaleString('en')}` : '';
        return `  ${fitted(column.name, widest)}  ${column.kind}${held}${gaps}`;
      }),
    ),
    ...shortened(columnsLeftOut.map(({ name, reason }) => `  ${fitted(name, widest)}  left out: ${printable(reason)}`)),
    ...(labels.length > 0 ? [`  Classes: ${printable(labels.slice(0, 20).join(', '))}${labels.length > 20 ? ', …' : ''}`] : []),
  ];
}

const widthOf = (names: readonly string[]): number => Math.min(LONGEST_NAME, Math.max(0, ...names.map((name) => name.length)));

const fitted = (name: string, width: number): string =>
  printable(name.length > width ? `${name.slice(0, width - 1)}…` : name).padEnd(width);
