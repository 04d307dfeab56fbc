// From an Answer to its value: a failure becomes an exception here and a sentence again in Task.
import type { Answer } from '#shared/contract';
import { FailureError } from '#shared/failure';

export async function answered<T>(question: Promise<Answer<T>>): Promise<T> {
  const answer = await question;
  if (answer.ok) return answer.value;
  throw new FailureError(answer.failure);
}
