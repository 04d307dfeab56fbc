// Tells what a person reads from what a program reads, by what it looks like and where it stands. A comment "@wc-ignore" or "@wc-include" before a text decides where this guesses wrong.

/** Attributes of elements that say something; all others name, place or draw. */
export const SAYING = new Set([
  'title',
  'alt',
  'placeholder',
  'label',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'aria-description',
]);
/** Elements whose text is shown as it is. */
const AS_IT_IS = new Set(['script', 'style', 'path', 'code', 'pre']);
/** Calls that keep or look up what they are given, and what only a log tells. */
const NOT_SAYING =
  /(^|\.)(querySelector(All)?|closest|matches|getItem|setItem|createElement|addEventListener|removeEventListener|setAttribute|getAttribute|getPropertyValue|matchMedia|getContext|prepare|exec|pragma|run|get|set|has|all|write|postMessage|reportError|error|warn|assert|RegExp|split|startsWith|endsWith|includes|replace|replaceAll|read|tap|once|on|off|emit|invoke|handle|send)$/;

/** Kept in files and compared, hashed or read by programs, in every language by these names; # stands for a value. */
const KEPT = new Set([
  ...['best epoch', 'last step', 'not shown', 'pixel probabilities', 'paired t', 'Wilcoxon', 'unknown processor', '#, # cores'],
  ...['group #', 'column #', '0 to 1', 'stretched to the input size', 'predict rows', 'where #', 'masks of #', 'Dice loss over the batch'],
  ...['Application Support', 'MAP * ~NOTFOUND', 'self = globalThis', 'Overbatch training', 'Overbatch import', 'Overbatch history'],
]);

/** @param {string} text */
const isSentence = (text) => /^\p{Lu}/u.test(text) && !/^[\p{Lu}\P{L}]+$/u.test(text);
/** At least a word of two letters with a space before or behind it: "about {0} min". @param {string} text */
const isPhrase = (text) => /(^|[\s#(“"])\p{L}[\p{L}-]*\p{L}[,.;:…?!)”"]?\s|\s[(“"]?\p{L}[\p{L}-]*\p{L}([\s,.;:…?!)”"#]|$)/u.test(text);
/** Paths, styles, colours. @param {string} text */
const isDrawing = (text) => /^M#|\b(px|rem|var\(|calc\(|translate|rotate|rgb|hsl|url\(|ease|solid)\b/.test(text);
/** @param {string} text */
const isQuery = (text) =>
  /\b(SELECT|INSERT|UPDATE|DELETE FROM|CREATE|ALTER|DROP|PRAGMA|VACUUM|ATTACH|WHERE|JOIN|ORDER BY|COLLATE|IS NOT NULL|INTEGER|REAL|CASE WHEN)\b|\bjson_|= @|\) % #|\w AS \w/.test(
    text,
  );
/** HTML, scripts and other text for programs. @param {string} text */
const isCode = (text) =>
  /<[/a-z!][^>]*>|^\W*from .* import |^\W*(import|def|class|return|const|let|super|if|for) .*[();:={]|-src '|'none'|\\0|\0|^`|"""|\]: |JSON\.|^[\w#]+, \w+(,\s+\w+)+,?$/.test(
    text,
  );
/** One word of code: "FailureError", "ArrowLeft", "overbatch.plan". @param {string} text */
const isName = (text) => !/\s/.test(text) && (/^\p{Lu}\p{Ll}+\p{Lu}/u.test(text) || /[_/\\=<>!]|^[\w-]+\.[\w.-]+$/.test(text));

/** Behind the window a single word is the name of a format or an operation far more often than one that is said. @param {string} file */
const saysWords = (file) => /^src\/(renderer|shared|main)\//.test(file);

/**
 * What wuchale asks of each text.
 * @param {{ msgStr: string[], details: { file: string, scope: string, element?: string, attribute?: string, call?: string } }} message
 * @returns {'message' | false}
 */
export function isSaid({ msgStr, details }) {
  const text = msgStr.join('\n').trim();
  if (!/\p{L}/u.test(text)) return false;
  if (details.element && AS_IT_IS.has(details.element)) return false;
  if (details.scope === 'markup') return 'message';
  const ofElement = details.element === details.element?.toLowerCase();
  if (details.attribute && ofElement && !SAYING.has(details.attribute)) return false;
  if (details.scope === 'script' && details.call && NOT_SAYING.test(details.call)) return false;
  if (KEPT.has(text) || isDrawing(text) || isQuery(text) || isCode(text) || isName(text)) return false;
  if (isPhrase(text)) return 'message';
  return isSentence(text) && saysWords(details.file) ? 'message' : false;
}
