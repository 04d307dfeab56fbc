// `engine install|status|remove`: the native engines in the per-user cache.
import { formatBytes } from '#shared/bytes';
import { NATIVE_KINDS, type InstallProgress, type NativeEngineStatus, type NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { installNative } from '#trainer/tensorflow/install/install';
import { removeNative } from '#trainer/tensorflow/install/remove';
import { nativeStatus } from '#trainer/tensorflow/install/status';
import { endedByInterrupt } from './interrupted';
import { parseWords } from './parse-words';
import { bar, StatusLine } from './terminal';

const USAGE = 'Use: engine install cpu|cuda, engine status [cpu|cuda] [--deep], or engine remove cpu|cuda; --json prints JSON lines.';

export async function engineCommand(args: string[]): Promise<number> {
  const { action, kind, json, deep, https } = readArguments(args);
  switch (action) {
    case 'install':
      return installCommand(required(kind), json, https);
    case 'status': {
      for (const each of kind ? [kind] : NATIVE_KINDS) printStatus(await nativeStatus(each, { deep }), json);
      return 0;
    }
    case 'remove':
      await removeNative(required(kind));
      printStatus(await nativeStatus(required(kind)), json);
      return 0;
    default:
      throw badUsage(action ? `"engine ${action}" is not a command.` : 'Say what to do with the engine.');
  }
}

function readArguments(args: string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const { values, words } = parseWords(args, { json: flag, deep: flag, https: flag }, USAGE, 2);
  const [action, kind] = [words.at(0), words.at(1)];
  return { action, kind: kind === undefined ? undefined : nativeKind(kind), ...values };
}

async function installCommand(kind: NativeKind, json: boolean, https: boolean): Promise<number> {
  const progress = json ? jsonProgress : process.stderr.isTTY ? barProgress() : lineProgress();
  try {
    const install = (signal: AbortSignal) => installNative(kind, { onProgress: progress, signal, pip: https ? false : undefined });
    const installed = await endedByInterrupt(install);
    progress();
    printStatus(installed, json);
    return installed.state === 'installed' ? 0 : 1;
  } catch (error) {
    progress();
    throw error;
  }
}

/** Called without a progress when there is no more to come. */
type Show = (progress?: InstallProgress) => void;

const jsonProgress: Show = (progress) => {
  if (progress) console.log(JSON.stringify({ kind: 'install-progress', progress }));
};

function barProgress(): Show {
  const line = new StatusLine();
  return (progress) =>
    progress ? line.show(`${share(progress) === undefined ? '' : `${bar(share(progress) ?? 0)} `}${sentence(progress)}`) : line.clear();
}

/** One line a stage and one every tenth of it: readable in a log. */
function lineProgress(): Show {
  let last = '';
  return (progress) => {
    if (!progress) return;
    const tenth = Math.floor(10 * (share(progress) ?? 0));
    if (last === `${progress.message} ${tenth}`) return;
    last = `${progress.message} ${tenth}`;
    console.error(sentence(progress));
  };
}

const share = ({ doneBytes, totalBytes }: InstallProgress): number | undefined => (totalBytes > 0 ? doneBytes / totalBytes : undefined);

function sentence({ message, doneBytes, totalBytes }: InstallProgress): string {
  return totalBytes > 0 ? `${message}: ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}` : message;
}

function printStatus(found: NativeEngineStatus, json: boolean): void {
  if (json) return console.log(JSON.stringify({ kind: 'engine-status', status: found }));
  const size = found.bytes > 0 ? `, ${formatBytes(found.bytes)} in ${found.folder}` : '';
  console.log(`${found.kind.padEnd(4)}  ${found.version ?? STATES[found.state]}${size}`);
  if (found.problem) console.log(`      ${found.problem}`);
}

const STATES: Record<NativeEngineStatus['state'], string> = { installed: 'installed', partial: 'not complete', absent: 'not installed' };

function nativeKind(text: string): NativeKind {
  const kind = NATIVE_KINDS.find((name) => name === text);
  if (!kind) throw badUsage(`There is no native engine "${text}".`);
  return kind;
}

function required(kind: NativeKind | undefined): NativeKind {
  if (!kind) throw badUsage('Say which engine: cpu or cuda.');
  return kind;
}

const badUsage = (what: string): FailureError => new FailureError({ kind: 'bad-setting', problem: `${what} ${USAGE}` });
