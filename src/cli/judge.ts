// A finished run judged in a process of its own, as every job of the engine.
import { dirname, join } from 'node:path';
import { died } from '#shared/child';
import type { Evaluated, EvaluationQuestion } from '#shared/evaluation/evaluation';
import { HostedJudging } from '#shared/hosted-judging';
import { startJob } from '#shared/job';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { forkProgram } from './fork-program';
import { bar, StatusLine } from './terminal';

export function judgeInProcess(question: EvaluationQuestion): Promise<Evaluated> {
  const status = new StatusLine();
  const program = join(dirname(process.argv[1]), 'trainer.js');
  const judging = new HostedJudging<Evaluated>(
    (command, read) => startJob<TrainerCommand, TrainerMessage, Evaluated>(forkProgram(program), command, read, died),
    (message) => {
      if (message.kind === 'evaluation-progress') status.show(`${bar(message.done / message.total)} ${message.done} of ${message.total}`);
      return message.kind === 'evaluation' ? { result: message.evaluated } : undefined;
    },
  );
  return judging.run({ kind: 'evaluate', ...question }).finally(() => status.clear());
}
