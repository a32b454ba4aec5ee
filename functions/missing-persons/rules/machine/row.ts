import type { Role } from '../terms.ts';
import type { CommandName } from './commands.ts';

/** One row of a table of states. `guard` says in words what the law checks; `ATTACHED` in `who` stands for anyone attached to the case (15.2 item 28). */
export interface TransitionRow<State extends string> {
  readonly id: string;
  readonly from: readonly State[];
  readonly command: CommandName;
  /** `BACK`: the state that the case came from. */
  readonly to: State | 'BACK';
  readonly who: readonly (Role | 'ATTACHED')[];
  readonly guard: string;
  readonly source: string;
}
