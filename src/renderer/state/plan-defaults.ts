// What is set for the whole app is usual in every plan; a plan follows where nobody chose otherwise.
import { exactBytes } from '#shared/bytes';
import { ENGINE_NAMES, type EngineChoice } from '#shared/engine';
import type { Preferences } from '#shared/preferences';
import type { Draft } from './draft';

export interface PlanDefaults {
  engine: EngineChoice;
  /** For other programs, as it is typed; empty: nothing in particular. */
  leave: string;
}

export const NO_DEFAULTS: PlanDefaults = { engine: 'auto', leave: '' };

export const planDefaults = ({ engine, leaveRoomBytes }: Preferences): PlanDefaults => ({
  engine,
  leave: leaveRoomBytes === null ? '' : exactBytes(leaveRoomBytes),
});

/** As they were kept beside a draft; what is missing or unknown was not set. */
export function restoreDefaults(kept: unknown): PlanDefaults {
  const given = new Map<string, unknown>(Object.entries(typeof kept === 'object' && kept !== null ? kept : {}));
  const leave = given.get('leave');
  return {
    engine: ENGINE_NAMES.find((name) => name === given.get('engine')) ?? NO_DEFAULTS.engine,
    leave: typeof leave === 'string' ? leave.slice(0, 40) : NO_DEFAULTS.leave,
  };
}

export const withDefaults = (usual: Draft, { engine, leave }: PlanDefaults): Draft => ({ ...usual, engine, ...memoryOf(leave) });

const memoryOf = (leave: string): Pick<Draft, 'memory' | 'leave'> => ({ memory: leave === '' ? 'free' : 'limit', leave });

/** The draft under other defaults. */
export function followed(draft: Draft, before: PlanDefaults, after: PlanDefaults): Draft {
  const was = memoryOf(before.leave);
  const isUsual = draft.memory === was.memory && (was.memory === 'free' || draft.leave === was.leave);
  return {
    ...draft,
    engine: draft.engine === before.engine ? after.engine : draft.engine,
    ...(isUsual && before.leave !== after.leave && memoryOf(after.leave)),
  };
}
