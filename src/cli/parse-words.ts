// The words after a command as options. Strict by hand: the sentences of Node's own strictness are for who wrote the program.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { FailureError } from '#shared/failure';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T; strict: true }>>['values'];

/** What looks like another option; a number below zero is a value like any other. */
const OPTION_LIKE = /^-(?![\d.])./;

/**
 * @param help the next step, behind every sentence
 * @param mostWords that may stand there besides the options
 * @throws FailureError bad-setting, naming the word that cannot be meant
 */
export function parseWords<T extends Options>(
  args: string[],
  options: T,
  help: string,
  mostWords = 0,
): { values: Values<T>; words: string[] } {
  const { values, positionals, tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const bad = (problem: string) => new FailureError({ kind: 'bad-setting', problem: `${problem} ${help}` });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) && rawName === `--${name}` ? options[name] : undefined;
    if (!option) throw bad(`There is no option ${rawName}.`);
    if (option.type === 'boolean' && value !== undefined) throw bad(`${rawName} takes no value.`);
    if (option.type === 'boolean') continue;
    if (value === undefined || value === '' || (!inlineValue && OPTION_LIKE.test(value))) throw bad(`${rawName} needs a value.`);
    if (seen.has(name)) throw bad(`${rawName} is given twice. Give it once.`);
    seen.add(name);
  }
  if (positionals.length > mostWords) throw bad(`"${positionals[mostWords]}" is one word too many.`);
  return { values: values as Values<T>, words: positionals };
}
