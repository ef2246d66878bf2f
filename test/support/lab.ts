import type { Told } from './outcome.ts';

/** What a set-up on real servers is handed. */
export type LabContext = {
  /** An empty folder of its own; removed afterwards. */
  readonly folder: string;
  /** Aborted when the time is over. */
  readonly stop: AbortSignal;
  /** Tells how far it is. */
  readonly say: (text: string) => void;
};

/** A module `test/lab/NAME.lab.ts`. */
export type Lab = {
  readonly name: string;
  readonly run: (context: LabContext) => Promise<Told>;
};
