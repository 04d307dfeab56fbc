// The report of a check as csv: a line each thing found, with the file it is about and what to do.
import type { CheckReport } from './dataset';

/** Quoted where it has to be (RFC 4180); what a spreadsheet would take for a formula is kept a text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function reportCsv(report: CheckReport): string {
  const { problems, blocking, summary } = report;
  const likely = report.kind === 'image-classes' && report.likelyMasks !== undefined ? [report.likelyMasks] : [];
  const advice = [...likely, ...report.advice];
  const rows = [
    ['decision', 'kind', 'file', 'message'],
    ['', 'summary', '', summary],
    ...blocking.map((message) => ['not ready', 'condition', '', message]),
    ...advice.map((message) => ['worth knowing', 'advice', '', message]),
    ...problems.map(({ severity, kind, file, message }) => [severity === 'error' ? 'left out' : 'your choice', kind, file, message]),
  ];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
