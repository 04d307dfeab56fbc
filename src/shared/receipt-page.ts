// The page of a receipt: one file that any browser opens, without a script and without a word to any server; the same as data at its end.
import type { ReceiptDocument } from './receipt-document';
import { escaped, singlePage } from './single-page';

const EVENTS = 'Events';
const FOR_PROGRAMS = 'The same for programs (JSON)';

/** @param json the receipt for programs */
export function receiptPage({ title, lead, statement, parts, events }: ReceiptDocument, json: string): string {
  const body = `<main>
<h1>${escaped(title)}</h1>
<p class="lead">${escaped(lead)}</p>
<section class="${statement.isSame ? 'same' : 'other'}">
<h2>${escaped(statement.title)}</h2>
${statement.sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n')}
</section>
${parts.map(partOf).join('\n')}
${events.length > 0 ? eventsOf(events) : ''}
<details><summary>${escaped(FOR_PROGRAMS)}</summary><pre>${escaped(json)}</pre></details>
</main>`;
  return singlePage({ title, style: STYLE, body });
}

const partOf = ({ title, facts }: ReceiptDocument['parts'][number]): string =>
  `<section><h2>${escaped(title)}</h2><dl>
${facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('\n')}
</dl></section>`;

const eventsOf = (events: ReceiptDocument['events']): string =>
  `<section><h2>${escaped(EVENTS)}</h2><table>
${events.map(({ at, message }) => `<tr><td class="at">${escaped(at)}</td><td>${escaped(message)}</td></tr>`).join('\n')}
</table></section>`;

const STYLE = `
:root { color-scheme: light dark; --ink: #191d24; --muted: #545c6a; --line: #dde1e7; --same: #e3f3e9; --other: #fbf1dc; background: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #e9ebef; --muted: #a6adba; --line: #31363f; --same: #14301f; --other: #34290f; background: #14161a } }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; color: var(--ink) }
main { max-width: 820px; margin: 0 auto; padding: 32px 24px 64px; overflow-wrap: anywhere }
h1 { margin: 0; font-size: 22px } h2 { margin: 0 0 8px; font-size: 15px } p { margin: 0 0 4px }
.lead, dt, .at { color: var(--muted) } .lead { margin-bottom: 20px }
section { padding: 14px 0; border-top: 1px solid var(--line) }
.same, .other { padding: 12px 16px; border: 0; border-radius: 6px; margin-bottom: 16px; background: var(--same) } .other { background: var(--other) }
dl { display: grid; grid-template-columns: minmax(120px, 220px) 1fr; gap: 3px 20px; margin: 0 } dd { margin: 0; white-space: pre-wrap }
table { border-spacing: 0 } td { padding: 2px 20px 2px 0; vertical-align: top } .at { white-space: nowrap }
pre { overflow: auto; font-size: 12px; white-space: pre-wrap } summary { padding: 14px 0; border-top: 1px solid var(--line); cursor: pointer }
@media print { details { display: none } section { break-inside: avoid } }
`;
