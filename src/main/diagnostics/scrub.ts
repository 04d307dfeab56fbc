// Takes out of a text what says whose it is: paths, files, names the person gave, who uses the computer. What is left out too much is no harm.

export interface Private {
  /** Folders whose insides are ours to tell, by the word that stands for them. */
  ours: Record<string, string>;
  /** Of data, classes, runs, tags; of the user and the computer. */
  names: string[];
}

export type Scrub = (text: string) => string;

const PATH_WORD = '<path>';
const FILE_WORD = '<file>';
const NAME_WORD = '<name>';

/** What may be the name of a file, and all before the end of the last such name in it. Two steps: in one, a long line costs its length squared. */
const NAME_RUN = /[^|"'“”«»<>:;(){}[\]\n]+/g;
/** Files of a person's data; not ours, such as manifest.json or weights.bin. */
const DATA_FILE =
  /^.*\.(?:png|jpe?g|jfif|webp|tiff?|bmp|gif|heic|heif|avif|svg|csv|tsv|tab|txt|xlsx?|zip|npz|npy|gz|tgz|idx|mat|h5|hdf5|keras|onnx|pdf|docx?)(?!\w)/is;

const QUOTED_PATH = /["'“`](?=(?:file:\/\/)?(?:[A-Za-z]:[\\/]|[\\/]{1,4}(?=[^\s\\/])|~[\\/]))/;
/** The last one, since names of folders may hold any: “Anna's scans”. One within a word closes nothing. */
const LAST_QUOTE = /^.*(["'”`])(?![\p{L}\p{N}])/su;
const PATH = /(?:file:\/\/\/?)?(?<![\w.<>/\\])(?:[A-Za-z]:[\\/]|\\\\(?=\w)|~[\\/]|\/(?=[^\s/*]))[^\n|]*/g;
const WAY_RUN = /[^\s"'“”()<>|,;:]+/g;
/** A way below a folder, of any file. */
const BELOW = /[^.][\\/]./s;

const WORD = /[\p{L}\p{N}_]+/gu;

export function scrubber({ ours, names }: Private): Scrub {
  const known = nameFinder(names);
  const folders = Object.entries(ours)
    .flatMap(([word, folder]) =>
      [folder, folder.replaceAll('\\', '/'), folder.replaceAll('\\', '\\\\')].map((place) => [place, word] as const),
    )
    .filter(([place]) => place.length > 1)
    .sort(([a], [b]) => b.length - a.length);

  /** Ours are kept with what lies below, as far as that is plain. */
  function line(text: string): string {
    const kept: string[] = [];
    const keep = (found: string): string => `\uE000${kept.push(found) - 1}\uE001`;
    let rest = text;
    for (const [place, word] of folders) {
      rest = rest.replace(
        new RegExp(`${escape(place)}((?:[\\\\/]+[\\w.@+-]+)*)(:\\d+(?::\\d+)?)?(?![^\\s"'),:;|\\uE000])`, 'g'),
        (_, below: string, at = '') => keep(`<${word}>${known(below)}${at}`),
      );
    }
    rest = rest.replace(/\bnode:[\w/]+(?::\d+)*/g, keep);
    rest = withoutQuotedPaths(rest)
      .replace(PATH, PATH_WORD)
      .replace(NAME_RUN, (run) => run.replace(DATA_FILE, FILE_WORD))
      .replace(WAY_RUN, (run) => (BELOW.test(run) ? PATH_WORD : run));
    return known(rest).replace(/\uE000(\d+)\uE001/g, (_, place: string) => kept[Number(place)]);
  }

  return (text) => text.split('\n').map(segments).join('\n');

  /** Of a line of the log its time and source are ours. */
  function segments(text: string): string {
    const [, head = '', rest = text] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z \[[\w -]+\] )(.*)$/s.exec(text) ?? [];
    return head + rest.split(' | ').map(line).join(' | ');
  }
}

/** From the first to the last quote; without one that closes to the end. */
function withoutQuotedPaths(text: string): string {
  const opening = QUOTED_PATH.exec(text);
  if (!opening) return text;
  const inside = text.slice(opening.index + 1);
  const closed = LAST_QUOTE.exec(inside);
  return text.slice(0, opening.index + 1) + PATH_WORD + (closed ? inside.slice(closed[0].length - 1) : '');
}

/** Every text in a value, and no key. */
export function scrubDeep(value: unknown, scrub: Scrub): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((each) => scrubDeep(each, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, scrubDeep(each, scrub)]));
}

interface Words {
  /** A name ends here. */
  isName?: true;
  next: Map<string, Words>;
}

/** Whole words only, whatever their case and what stands between them: there may be a hundred thousand names. */
function nameFinder(names: string[]): Scrub {
  const root: Words = { next: new Map() };
  for (const name of names) {
    const words = name.toLowerCase().match(WORD) ?? [];
    // A digit or a letter is nobody's name, and everywhere.
    if (words.length === 0 || (words.length === 1 && words[0].length < 2) || words.every((word) => /^\d+$/.test(word))) continue;
    let at = root;
    for (const word of words) {
      const next = at.next.get(word) ?? { next: new Map<string, Words>() };
      at.next.set(word, next);
      at = next;
    }
    at.isName = true;
  }
  return (text) => {
    const words = [...text.matchAll(WORD)];
    let out = '';
    let done = 0;
    for (let i = 0; i < words.length; i++) {
      const last = lastOfName(root, words, i);
      if (last === undefined) continue;
      out += text.slice(done, words[i].index) + NAME_WORD;
      done = words[last].index + words[last][0].length;
      i = last;
    }
    return out + text.slice(done);
  };
}

/** Of the longest name that begins with a word. */
function lastOfName(root: Words, words: RegExpExecArray[], first: number): number | undefined {
  let found: number | undefined;
  let at: Words | undefined = root;
  for (let i = first; i < words.length; i++) {
    at = at.next.get(words[i][0].toLowerCase());
    if (!at) break;
    if (at.isName) found = i;
  }
  return found;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
