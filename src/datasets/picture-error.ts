// Why one file cannot be used, found while looking at its bytes; becomes a FileProblem once its name is known.
import type { FileProblem, ProblemKind } from '#shared/dataset';

export class PictureError extends Error {
  constructor(
    readonly kind: ProblemKind,
    /** One sentence: what is wrong and what to do. */
    message: string,
  ) {
    super(message);
    this.name = 'PictureError';
  }

  of(file: string): FileProblem {
    return { file, kind: this.kind, message: this.message, severity: 'error' };
  }
}

export const cutOff = () =>
  new PictureError('truncated', 'The picture is cut off before its end. Copy it again from where it came from, or leave it out.');

export const damaged = (what: string) =>
  new PictureError('unreadable', `The picture is damaged (${what}). Copy it again from where it came from, or leave it out.`);
