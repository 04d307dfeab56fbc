// The page of a comparison: one file that any browser opens, without a script and without a word to any server; charts are SVG, with their figures below.
import { escaped, singlePage } from '../single-page';
import { chartSvg } from './chart-svg';
import { matrixTable } from './matrix-table';
import type { ComparisonChart, ComparisonDocument, ComparisonTable } from './comparison-document';

const QUESTION = 'Is it better, or is it luck?';
const FIGURES = 'The figures';
const CONFUSION = 'What each takes for what';
const CONFUSION_READ =
  'A row is what is so, a column what is said. In a difference blue is where the second is better (more that is right, fewer mistakes) and orange where it is worse.';

export function comparisonPage({ title, lead, verdicts, claim, tables, charts, matrices = [] }: ComparisonDocument): string {
  const body = `<main>
<h1>${escaped(title)}</h1>
<p class="lead">${escaped(lead)}</p>
${verdicts.length > 0 ? `<section><h2>${escaped(QUESTION)}</h2>${verdicts.map((verdict) => `<p>${escaped(verdict)}</p>`).join('\n')}</section>` : ''}
${[...(claim ? [claim] : []), ...tables].map((table) => `<section><h2>${escaped(table.title)}</h2>${tableOf(table)}</section>`).join('\n')}
${charts.map(chartOf).join('\n')}
${matrices.length > 0 ? `<section><h2>${escaped(CONFUSION)}</h2><p class="lead">${escaped(CONFUSION_READ)}</p><div class="matrices">${matrices.map(matrixTable).join('\n')}</div></section>` : ''}
</main>`;
  return singlePage({ title, style: STYLE, body });
}

const chartOf = (chart: ComparisonChart): string => `<section><h2>${escaped(chart.title)}</h2>
<p class="key">${chart.lines.map(keyOf).join('')}</p>
${chartSvg(chart)}
<p class="lead">${escaped(chart.summary)}</p>
<details><summary>${escaped(FIGURES)}</summary>${tableOf(chart.table)}</details>
</section>`;

const keyOf = ({ letter, dash }: ComparisonChart['lines'][number]): string =>
  `<span><b>${letter}</b> <svg class="mark" viewBox="0 0 28 8" aria-hidden="true"><path class="line ${letter}" d="M0 4H28" stroke-dasharray="${dash.join(' ') || 'none'}"/></svg></span>`;

const tableOf = ({ columns, rows }: ComparisonTable): string => `<div class="wide"><table>
<thead><tr>${columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(([name, ...values]) => `<tr><th scope="row">${escaped(name)}</th>${values.map((value) => `<td>${escaped(value)}</td>`).join('')}</tr>`).join('\n')}
</tbody></table></div>`;

/** As in the window (renderer/styles/tokens.css). */
const LIGHT = ['#005dc5', '#c65312', '#0c795c', '#a44887', '#191d24', '#614807', '#2f87c2', '#392e92'];
const DARK = ['#95c6ff', '#f18e43', '#31bc94', '#dc98c2', '#e9ebef', '#edd852', '#3f8fd0', '#9d7d9b'];
const coloured = (colours: readonly string[]): string => colours.map((colour, i) => `.${'ABCDEFGH'[i]} { --own: ${colour} }`).join(' ');

const STYLE = `
:root { color-scheme: light dark; --ink: #191d24; --muted: #545c6a; --line: #dde1e7; background: #fff }
${coloured(LIGHT)}
@media (prefers-color-scheme: dark) { :root { --ink: #e9ebef; --muted: #a6adba; --line: #31363f; background: #14161a } ${coloured(DARK)} }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; color: var(--ink) }
main { max-width: 900px; margin: 0 auto; padding: 32px 24px 64px; overflow-wrap: anywhere }
h1 { margin: 0; font-size: 22px } h2 { margin: 0 0 8px; font-size: 15px } p { margin: 0 0 6px }
.lead { color: var(--muted) } section { padding: 14px 0; border-top: 1px solid var(--line) }
.wide { overflow: auto } table { border-spacing: 0; overflow-wrap: normal } th, td { padding: 3px 20px 3px 0; text-align: left; vertical-align: top }
thead th { border-bottom: 1px solid var(--line) } tbody th { color: var(--muted); font-weight: 400; white-space: nowrap }
svg { display: block; width: 100%; max-width: 760px } svg text { font: 11px system-ui, sans-serif; fill: var(--muted) }
.grid { stroke: var(--line) } .line { fill: none; stroke: var(--own); stroke-width: 1.8 } .dot { fill: var(--own) }
.key span { margin-right: 20px } .mark { display: inline-block; width: 28px; height: 8px }
summary { padding: 6px 0; cursor: pointer }
.matrices { display: flex; flex-wrap: wrap; gap: 12px 32px } .matrix caption { text-align: left; font-weight: 600 }
.matrix { border-spacing: 1px } .matrix :is(th, td) { padding: 2px 7px; text-align: right; font-weight: 400 } .matrix thead th { border: 0; color: var(--muted) }
.matrix :is(.accent, .bad, .better, .worse) { background: color-mix(in srgb, var(--of) var(--strength), transparent) }
.accent { --of: #0a7f80 } .bad { --of: #c6362f } .better { --of: #2f7fd6 } .worse { --of: #d9772b }
@media print { section { break-inside: avoid } }
`;
