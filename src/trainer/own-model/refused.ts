// Why a model of a person's own cannot be used, in one sentence.
import { FailureError } from '#shared/failure';

export const refused = (path: string, problem: string): FailureError => new FailureError({ kind: 'bad-model', path, problem });
