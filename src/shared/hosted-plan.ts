// A plan is measured in a process that may die of a size it tries. That is one more thing known of this computer: what was measured before
// stays, and a new process goes on below that size. Electron's main process and the command line host it with this.
import type { EngineReport } from './engine';
import { FailureError } from './failure';
import type { Job, Reading } from './job';
import type { MeasuredPoint, Plan } from './plan';
import type { TrainerCommand, TrainerMessage } from './trainer-messages';

export interface Planned {
  plan: Plan;
  engine: EngineReport;
  /** The smallest size that was the end of a process. */
  diedAt?: number;
}

export type PlanCommand = Extract<TrainerCommand, { kind: 'plan' }>;
type Start = (command: PlanCommand, read: Reading<TrainerMessage, Planned>) => Job<TrainerCommand, Planned>;

/** Each time at most half of what was tried: more deaths than this have another reason. */
const MOST_DEATHS = 8;

export class HostedPlan {
  #job?: Job<TrainerCommand, Planned>;
  #isCancelled = false;

  /** @param onMeasured hears of each size when it was measured */
  constructor(
    private readonly start: Start,
    private readonly onMeasured: (point: MeasuredPoint) => void = () => {},
  ) {}

  /** @throws FailureError what it failed with; trainer-died where one sample, or the size that was asked for, was the end of it; cancelled */
  async run(first: PlanCommand): Promise<Planned> {
    const known: MeasuredPoint[] = [];
    let diedAt: number | undefined;
    for (let [command, deaths] = [first, 0]; ;) {
      let trying: number | undefined;
      this.#job = this.start(command, (message) => {
        if (message.kind === 'trying') trying = message.micro;
        if (message.kind === 'measured') {
          trying = undefined;
          known.push(message.point);
          this.onMeasured(message.point);
        }
        return message.kind === 'plan' ? { result: { plan: message.plan, engine: message.engine } } : undefined;
      });
      try {
        const planned = await this.#job.result;
        return diedAt === undefined ? planned : { ...planned, diedAt };
      } catch (error) {
        if (this.#isCancelled) throw new FailureError({ kind: 'cancelled' });
        const isData = error instanceof FailureError && error.failure.kind === 'trainer-died' && first.spec.micro === 'auto';
        if (!isData || trying === undefined || trying === 1 || ++deaths > MOST_DEATHS) throw error;
        diedAt = trying;
        command = { ...first, known, mostMicro: Math.floor(trying / 2) };
      }
    }
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#job?.cancel();
  }
}
