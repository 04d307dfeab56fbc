// With what engine, on which computer, a process made its part of a run. A run that goes on with another may come to other last digits.
import * as v from 'valibot';
import { engineWords, type EngineReport } from './engine';
import { isSameMachine, machineWords, type Machine } from './machine';

export interface Session {
  engine: Pick<EngineReport, 'name' | 'version'>;
  machine: Machine;
}

export const SessionSchema = v.looseObject({
  engine: v.looseObject({ name: v.string(), version: v.string() }),
  machine: v.looseObject({ system: v.string(), processor: v.string(), threads: v.number() }),
});

const isSame = (a: Session, b: Session): boolean =>
  a.engine.name === b.engine.name &&
  a.engine.version === b.engine.version &&
  isSameMachine(a.machine, b.machine, a.engine.name === 'tensorflow-cuda');

/** The sessions of a run that differ from the one after them, the first of all first. */
export const otherSessions = (before: readonly Session[], now: Session): Session[] =>
  before.filter((session, i) => !isSame(session, before[i + 1] ?? now));

export const sessionWords = ({ engine, machine }: Session): string => `${engineWords(engine)}, ${machineWords(machine)}`;
