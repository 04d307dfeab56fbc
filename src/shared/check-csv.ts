// The report of a check as csv: a line each thing found, with the file it is about and what to do.
import { word } from './language';
import { csvLine } from './csv';
import type { CheckReport } from './dataset';

export function reportCsv(report: CheckReport): string {
  const { problems, blocking, summary } = report;
  const likely = report.kind === 'image-classes' && report.likelyMasks !== undefined ? [report.likelyMasks] : [];
  const advice = [...likely, ...report.advice];
  const rows = [
    [word('decision'), word('kind'), word('file'), word('message')],
    ['', word('summary'), '', summary],
    ...blocking.map((message) => ['not ready', word('condition'), '', message]),
    ...advice.map((message) => ['worth knowing', word('advice'), '', message]),
    ...problems.map(({ severity, kind, file, message }) => [severity === 'error' ? 'left out' : 'your choice', kind, file, message]),
  ];
  return rows.map(csvLine).join('');
}
