// What names a thing of ours in a question: an identifier of a run or a version, a token for what a person chose.
import * as v from 'valibot';

export const IdSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'This is not an identifier of Overbatch.'));
export const TokenSchema = v.pipe(v.string(), v.uuid('This choice is not known. Choose again.'));
