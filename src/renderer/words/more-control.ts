// What one of the plan form's further settings is made of.
import type { DataSort } from '#shared/data-sort';
import type { Draft } from '../state/draft';
import type { MoreField } from './more-settings';

interface Common {
  field: MoreField;
  label: string;
  help: string;
  /** Where it does anything at all; absent: everywhere. */
  of?: readonly DataSort[];
  /** Whether it would do anything in this draft; absent: always. */
  isOfUse?: (draft: Draft) => boolean;
}

export type MoreControl = Common &
  (
    | {
        kind: 'number';
        /** What is shown where nothing is typed. */
        left: string;
        /** Typed in percent, kept as a share of one. */
        isPercent?: true;
      }
    | { kind: 'choice'; options: readonly { value: string; label: string }[]; left: string }
    | { kind: 'savers' }
    | { kind: 'augment' }
  );

export interface MoreGroup {
  title: string;
  controls: MoreControl[];
}
