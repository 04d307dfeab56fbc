// The report of a comparison: charts as SVG with their figures below, nothing that runs or asks, and no text of a run's name taken for markup.
import { expect, it } from 'vitest';
import { chartSvg } from '#shared/comparison/chart-svg';
import * as v from 'valibot';
import { comparisonCsv, comparisonJson, ComparisonDocumentSchema } from '#shared/comparison/comparison-document';
import { comparisonPage } from '#shared/comparison/comparison-page';
import { COMPARED } from '#test/support/compared-document';

it('draws a line for each run within its frame, one point as a dot', () => {
  const page = comparisonPage(COMPARED);
  expect(page).toContain('<path class="line A" d="M64,10L748,194"><title>A</title></path>');
  expect(page).toMatch(/<circle class="dot B" cx="64" cy="240" r="3"\/>/);
  expect(page).not.toContain('NaN');
  expect(page).toContain('<th scope="row">Batch</th><td>256</td><td>=64</td>');
});

it('runs nothing, asks nobody, and takes no name for markup', () => {
  const page = comparisonPage(COMPARED);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|https?:/);
  expect(page).not.toContain('<b>digits</b>');
  expect(page).toContain('&#60;b&#62;digits');
});

it('is a table for a spreadsheet, too: results are numbers, and nothing is a formula', () => {
  expect(comparisonCsv(COMPARED)).toBe("Setting,A: x,B: y\r\nBatch,256,'=64\r\nTime (seconds),12,\r\n");
  const told = {
    title: 'Results',
    columns: ['Result', 'A: x', 'B: y'],
    rows: [
      ['Time', '12 s', '–'],
      ['Mean ± spread', '1 ± 2', '–'],
    ],
  };
  const results = [...COMPARED.data.results, { name: 'Validation, R²', values: [0.5, -1.25] }];
  expect(comparisonCsv({ ...COMPARED, tables: [COMPARED.tables[0], told], data: { ...COMPARED.data, results } })).toBe(
    'Setting,A: x,B: y\r\nBatch,256,\'=64\r\nTime (seconds),12,\r\n"Validation, R²",0.5,-1.25\r\nMean ± spread,1 ± 2,–\r\n',
  );
});

it('is data for programs, too: numbers as they are, and null where a run has none', () => {
  expect(JSON.parse(comparisonJson(COMPARED))).toEqual({
    kind: 'comparison',
    format: 1,
    title: '2 runs compared',
    ...COMPARED.data,
    settings: [{ name: 'Batch', values: ['256', '=64'], differs: true }],
    verdicts: COMPARED.verdicts,
    curves: [{ title: 'Validation loss', x: 'Epoch', lines: COMPARED.charts[0].lines.map(({ letter, points }) => ({ letter, points })) }],
  });
});

it('what whole batches and pieces came to stands before all tables', () => {
  const claim = { title: 'Whole against pieces', columns: ['', 'Whole', 'In pieces'], rows: [['Peak memory', '1 GB', '2 GB']] };
  expect(comparisonPage({ ...COMPARED, claim })).toMatch(/Whole against pieces[\s\S]*<td>2 GB<\/td>[\s\S]*Settings that differ/);
  expect(JSON.parse(comparisonJson({ ...COMPARED, claim })).claim).toEqual(claim);
  expect(comparisonPage(COMPARED)).not.toContain('Whole against pieces');
});

it('what each takes for what is a coloured table, with its difference; a label is no markup', () => {
  const cell = { value: 3, text: '3', colour: 'accent', strength: 42.4 } as const;
  const less = { value: -2, text: '−2', colour: 'worse', strength: 10 } as const;
  const none = { value: 0, text: '·', colour: 'bad', strength: 0 } as const;
  const labels = ['<i>cat', 'dog'];
  const matrices = [
    {
      title: 'A',
      labels,
      rows: [
        [cell, none],
        [none, cell],
      ],
    },
    {
      title: 'B less A',
      labels,
      rows: [
        [less, none],
        [none, none],
      ],
    },
  ];
  const page = comparisonPage({ ...COMPARED, matrices });
  expect(page).toContain('<td class="accent" style="--strength: 42%">3</td><td>·</td>');
  expect(page).toContain('<caption>B less A</caption>');
  expect(page).toContain('<th scope="row">&#60;i&#62;cat</th>');
  expect(comparisonPage(COMPARED)).not.toContain('class="matrix"');
  expect(JSON.parse(comparisonJson({ ...COMPARED, matrices })).confusion[1]).toEqual({
    title: 'B less A',
    labels,
    rows: [
      [-2, 0],
      [0, 0],
    ],
  });
  expect(v.safeParse(ComparisonDocumentSchema, { ...COMPARED, matrices }).success).toBe(true);
});

it('a spreadsheet and a program get a plain space before a unit', () => {
  const [table, ...rest] = COMPARED.tables;
  const tables = [{ ...table, rows: [['Memory budget', '2.00\u00a0GB', '3.00\u00a0GB']] }, ...rest];
  for (const written of [comparisonCsv({ ...COMPARED, tables }), comparisonJson({ ...COMPARED, tables })])
    expect(written).toContain('2.00 GB');
});

it('ticks are round and lie within; of epochs they are whole', () => {
  const named = (points: [number, number][]) => {
    const [chart] = COMPARED.charts;
    const svg = chartSvg({ ...chart, lines: [{ letter: 'A', dash: [], points }] });
    const texts = (anchor: string) => [...svg.matchAll(new RegExp(`text-anchor="${anchor}">([^<]+)<`, 'g'))].map(([, text]) => text);
    return { up: texts('end'), across: texts('middle').filter((text) => text !== 'Epoch') };
  };
  const few = named([
    [1, 0.013],
    [3, 0.41],
  ]);
  expect(few).toEqual({ up: ['0.1', '0.2', '0.3', '0.4'], across: ['1', '2', '3'] });
  // All alike, and of one epoch, they stand in the middle.
  expect(named([[4, 2]])).toEqual({ up: ['1.6', '1.8', '2', '2.2', '2.4'], across: ['4'] });
});
