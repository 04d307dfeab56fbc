// What a run will need, said before anything is computed: the functions of a mini-batch are written down, as when they are captured, and the
// bytes of their values followed from op to op (METHOD.md, "The planner"; CAPTURE.md, "Memory"). A plan measures; this answers at once.
import type { ExactBatchNorm } from './exact-batch-norm/exact';
import { stagesBytes } from './exact-batch-norm/forecast';
import { sizeOf, type WeightSpec } from './layers/layer';
import type { Network } from './network';
import { noiseSpecs } from './noise';
import { CLASSES } from './objectives/classes';
import type { Objective } from './objectives/objective';
import { slotsOf, type Optimizer } from './optimizers';
import { Programs } from './programs';
import type { CompiledFunction, Runtime, TensorSpec } from './runtime';
import { carrySpecs, sampleSpecs } from './step';

/** Bytes above the loaded engine at the worst moment of each part of a mini-batch, and of a validation piece. */
export interface Forecast {
  micro: number;
  stepBytes: number;
  updateBytes: number;
  evaluationBytes: number;
  /** Host memory for each sample of the mini-batch beside that, where it runs stage by stage. */
  parkedBytesPerSample: number;
}

export const forecastPeak = ({ stepBytes, updateBytes, evaluationBytes }: Forecast): number =>
  Math.max(stepBytes, updateBytes, evaluationBytes);

export const bytesOf = (specs: readonly TensorSpec[]): number => specs.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);

/** Weights and what the optimizer keeps of each. */
export function residentBytes({ weights }: Network, optimizer: Optimizer): number {
  const slots = (spec: WeightSpec): number => slotsOf(optimizer, spec).length;
  return weights.reduce((sum, spec) => sum + 4 * sizeOf(spec.shape) * (1 + slots(spec)), 0);
}

/** Functions that are written down and never run: what a call of each needs above its inputs. */
class Needs {
  private readonly bytes = new Map<CompiledFunction, number>();
  readonly programs: Programs;

  constructor(runtime: Runtime, forecast: NonNullable<Runtime['forecast']>, network: Network, optimizer: Optimizer, objective: Objective) {
    const compile: Runtime['compile'] = (name, fn, specs, precision) => {
      const written: CompiledFunction = {
        name,
        call: () => {
          throw new Error(`${name} was only written down.`);
        },
        dispose: () => {},
      };
      this.bytes.set(written, forecast(name, fn, specs, precision));
      return written;
    };
    this.programs = new Programs({ ...runtime, compile }, network, optimizer, objective);
  }

  of = (written: CompiledFunction): number => this.bytes.get(written)!;
}

/** Of pieces of any size; what all sizes have in common is written down once. */
export class Forecaster {
  private readonly needs: Needs;
  private readonly resident: number;
  private updateBytes?: number;

  /** @param exact how a mini-batch runs stage by stage, if it does */
  constructor(
    runtime: Runtime,
    say: NonNullable<Runtime['forecast']>,
    private readonly network: Network,
    private readonly optimizer: Optimizer,
    private readonly objective: Objective,
    private readonly exact?: ExactBatchNorm,
  ) {
    this.needs = new Needs(runtime, say, network, optimizer, objective);
    this.resident = residentBytes(network, optimizer);
  }

  of(micro: number): Forecast {
    const { needs, network, optimizer, objective, exact, resident } = this;
    const samples = bytesOf(sampleSpecs(network, micro, objective));
    this.updateBytes ??= resident + updateNeed(needs, network, optimizer, bytesOf(carrySpecs(network, objective)));
    return {
      micro,
      stepBytes: resident + (exact ? stagesBytes(needs.programs, exact, micro, needs.of) : stepNeed(needs, network, micro, objective)),
      updateBytes: this.updateBytes,
      evaluationBytes: resident + samples + needs.of(needs.programs.evaluation(micro)),
      parkedBytesPerSample: exact?.parkedBytesPerSample ?? 0,
    };
  }
}

/**
 * Samples that are read ahead come on top: a budget's meter counts them (BudgetMeter).
 * @param runtime that can forecast
 * @param micros sizes of pieces
 * @param exact how a mini-batch runs stage by stage, if it does
 */
export function forecast(
  runtime: Runtime,
  network: Network,
  optimizer: Optimizer,
  micros: readonly number[],
  objective: Objective = CLASSES,
  exact?: ExactBatchNorm,
): Forecast[] | undefined {
  if (!runtime.forecast) return undefined;
  const forecaster = new Forecaster(runtime, runtime.forecast, network, optimizer, objective, exact);
  return micros.map((micro) => forecaster.of(micro));
}

/** Above what is resident: sums, the samples of all pieces that share a call, and the call. */
function stepNeed({ programs, of }: Needs, network: Network, micro: number, objective: Objective): number {
  const joined = programs.piecesPerCall(micro);
  const samples = bytesOf([...sampleSpecs(network, micro, objective), ...noiseSpecs(network, micro)]);
  return bytesOf(carrySpecs(network, objective)) + joined * samples + of(programs.step(micro, joined));
}

/** Above what is resident: gradient sums, which go call by call, and what is new, which stays until all of it is made. */
function updateNeed({ programs, of }: Needs, { weights }: Network, optimizer: Optimizer, carry: number): number {
  let live = carry;
  let most = carry;
  for (const places of programs.updateGroups) {
    const numbers = 4 * places.reduce((sum, place) => sum + sizeOf(weights[place].shape), 0);
    most = Math.max(most, live + of(programs.update(places)));
    live += optimizer.slots.length * numbers;
  }
  return most;
}
