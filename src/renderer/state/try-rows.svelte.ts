// Rows for a trained model: one that is typed, or a table of them, and what the model says.
import type { Chosen, WindowApi } from '#shared/contract';
import type { AskedColumn, FilePrediction, ModelQuestion, RowPrediction } from '#shared/prediction';
import { answered } from './answered';
import { parseNumber } from './draft';
import { Task } from './task.svelte';

const NO_NUMBER = 'This is no number.';

export class TryRows {
  /** Of the model that is chosen; undefined while it is looked up. */
  question = $state.raw<ModelQuestion>();
  /** As they are typed, by column. */
  cells = $state<Record<string, string>>({});
  answer = $state.raw<RowPrediction>();
  file = $state.raw<Chosen>();
  fileAnswer = $state.raw<FilePrediction>();
  /** The name of the file that the answers were saved as. */
  saved = $state<string>();
  readonly opening = new Task();
  readonly asking = new Task();
  readonly saving = new Task();
  #runId?: string;

  constructor(private readonly api: WindowApi) {}

  /** Each column's problem where what is typed cannot be read. */
  readonly problems = $derived(
    Object.fromEntries(
      (this.question?.kind === 'row' ? this.question.columns : [])
        .filter(
          ({ name, kind }) => kind === 'number' && (this.cells[name] ?? '').trim() !== '' && Number.isNaN(parseNumber(this.cells[name])),
        )
        .map(({ name }) => [name, NO_NUMBER]),
    ),
  );

  /** Begins with what is usual in training, so that there is a row to ask about and to change. */
  async open(runId: string): Promise<void> {
    if (this.#runId === runId && this.question) return;
    this.#runId = runId;
    this.question = this.answer = this.fileAnswer = this.file = undefined;
    this.saved = undefined;
    this.asking.forget();
    this.saving.forget();
    const question = await this.opening.run(() => answered(this.api.modelQuestion(runId)));
    // Another model was chosen meanwhile.
    if (this.#runId !== runId) return this.open(this.#runId);
    this.question = question;
    if (question?.kind === 'row') this.usual(question.columns);
  }

  usual(columns: readonly AskedColumn[]): void {
    this.cells = Object.fromEntries(columns.map(({ name, usual }) => [name, usual]));
    this.answer = undefined;
  }

  async askRow(): Promise<void> {
    const { question } = this;
    const runId = this.#runId;
    if (question?.kind !== 'row' || runId === undefined || Object.keys(this.problems).length > 0) return;
    const row = Object.fromEntries(question.columns.map((column) => [column.name, typed(column, this.cells[column.name] ?? '')]));
    this.fileAnswer = undefined;
    this.answer = await this.asking.run(() => answered(this.api.predictRow(runId, row)));
  }

  async choose(): Promise<void> {
    await this.#take(() => answered(this.api.chooseDataFile()));
  }

  async drop(file: File): Promise<void> {
    await this.#take(() => answered(this.api.acceptDrop(file)));
  }

  async #take(choose: () => Promise<Chosen | null>): Promise<void> {
    const runId = this.#runId;
    if (runId === undefined) return;
    this.saved = undefined;
    this.saving.forget();
    const answer = await this.asking.run(async () => {
      const chosen = await choose();
      if (!chosen) return undefined;
      this.answer = this.fileAnswer = undefined;
      this.file = chosen;
      return answered(this.api.predictFile(runId, chosen.token));
    });
    if (answer) this.fileAnswer = answer;
  }

  async save(): Promise<void> {
    const { file } = this;
    const runId = this.#runId;
    if (!file || runId === undefined) return;
    this.saved = (await this.saving.run(() => answered(this.api.savePredictions(runId, file.token)))) ?? undefined;
  }
}

/** A number with its point, however it was typed. */
function typed({ kind }: AskedColumn, text: string): string {
  return kind === 'number' && text.trim() !== '' ? String(parseNumber(text)) : text.trim();
}
