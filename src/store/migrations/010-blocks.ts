// Format 10: every hundred steps of a run as one row, with which of them have the extremes and the sums of means; made of the runs that are there.
import type { Migration } from '../migrate';

const extremes = [
  ['min', 'loss'],
  ['max', 'loss'],
  ['min', 'accuracy'],
  ['max', 'accuracy'],
  ['min', 'learning_rate'],
  ['max', 'learning_rate'],
  ['max', 'memory_bytes'],
];
const within = 'FROM steps AS s WHERE s.run = b.run AND s.step > b.block * 100 AND s.step <= (b.block + 1) * 100';
const of = (value: string) => `(SELECT ${value} ${within})`;
const at = ([name, column]: string[]) => `(SELECT at FROM (SELECT s.step AS at, ${name}(s.${column}) ${within}))`;

export const migration010: Migration = {
  version: 10,
  sql: `
CREATE TABLE step_blocks (
  run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
  block INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  loss_sum REAL,
  losses INTEGER NOT NULL,
  accuracy_sum REAL,
  accuracies INTEGER NOT NULL,
${extremes.map(([name, column]) => `  ${column}_${name} REAL,\n  ${column}_${name}_at INTEGER,`).join('\n')}
  PRIMARY KEY (run, block)
) STRICT, WITHOUT ROWID;
WITH b (run, block) AS (
  WITH RECURSIVE n (run, block, most) AS (
    SELECT run, 0, max(step) / 100 FROM steps GROUP BY run HAVING max(step) >= 100
    UNION ALL SELECT run, block + 1, most FROM n WHERE block + 1 < most
  ) SELECT run, block FROM n
)
INSERT INTO step_blocks (run, block, steps, loss_sum, losses, accuracy_sum, accuracies,
    ${extremes.map(([name, column]) => `${column}_${name}, ${column}_${name}_at`).join(', ')})
  SELECT run, block, ${of('count(*)')}, ${of('sum(s.loss)')}, ${of('count(s.loss)')}, ${of('sum(s.accuracy)')}, ${of('count(s.accuracy)')},
    ${extremes.map(([name, column]) => `${of(`${name}(s.${column})`)}, ${at([name, column])}`).join(',\n    ')}
  FROM b;
`,
};
