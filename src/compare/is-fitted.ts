import type { Report } from '../model/report.ts';

/** Whether the data of a run carry contention and coherency. */
export const isFitted = ({ scalability }: Report): boolean => scalability.kind === 'fitted';
