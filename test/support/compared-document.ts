// Three runs compared, as a document to be saved: a line, a single point and nothing yet.
import type { ComparisonDocument } from '#shared/comparison/comparison-document';

export const COMPARED: ComparisonDocument = {
  title: '2 runs compared',
  lead: 'The baseline is A: <b>digits</b>.',
  verdicts: ['“B” is better than “A” by 1.2 points.'],
  tables: [{ title: 'Settings that differ', columns: ['Setting', 'A: x', 'B: y'], rows: [['Batch', '256', '=64']] }],
  data: {
    runs: [
      { letter: 'A', id: 'a', name: 'x', startedAt: '2026-11-30T10:00:00.000Z' },
      { letter: 'B', id: 'b', name: 'y', startedAt: '2026-11-30T11:00:00.000Z' },
    ],
    results: [{ name: 'Time', unit: 'seconds', better: 'lower', values: [12, null] }],
  },
  charts: [
    {
      title: 'Validation loss',
      summary: 'A 0.5, B 0.4.',
      x: 'Epoch',
      lines: [
        {
          letter: 'A',
          dash: [],
          points: [
            [1, 0.9],
            [2, 0.5],
          ],
        },
        { letter: 'B', dash: [7, 3], points: [[1, 0.4]] },
        { letter: 'C', dash: [], points: [] },
      ],
      table: { title: 'Validation loss', columns: ['Epoch', 'A', 'B'], rows: [['1', '0.9', '0.4']] },
    },
  ],
};
