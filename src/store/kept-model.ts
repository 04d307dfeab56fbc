// The other model of a run has taken the place of the saved one: its receipt, what the history shows of it, and a line that says so.
import { locale } from '#shared/language';
import { mainScores } from '#shared/metric-words';
import type { Receipt } from '#shared/run-event';
import type { Database } from './database';
import { scoresText } from './metrics';
import { getRunRow, saveReceipt } from './runs';

export function saveKeptModel(db: Database, id: string, receipt: Receipt, now = new Date()): void {
  const { train, validation } = receipt.final;
  db.transaction(() => {
    saveReceipt(db, id, receipt);
    const { key } = getRunRow(db, id);
    db.run(
      `UPDATE runs SET train_loss = @trainLoss, validation_loss = @validationLoss, validation_accuracy = @validationAccuracy, scores = @scores
         WHERE key = @key`,
      {
        key,
        trainLoss: train.loss,
        validationLoss: validation?.loss ?? null,
        validationAccuracy: validation?.accuracy ?? null,
        scores: scoresText(mainScores(validation?.scores)),
      },
    );
    db.run(`INSERT INTO run_events (run, at, kind, message) VALUES (@key, @at, 'note', @message)`, {
      key,
      at: now.toISOString(),
      message: keptSentence(receipt),
    });
  });
}

function keptSentence({ model }: Receipt): string {
  const epoch = model?.epoch?.toLocaleString(locale);
  return model?.of === 'best epoch'
    ? `The best model, of epoch ${epoch}, is kept now instead of the last.`
    : `The last model, of epoch ${epoch}, is kept now instead of the best.`;
}
