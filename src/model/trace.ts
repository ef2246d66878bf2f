import type { Labels } from './labels.ts';

/** That a Prometheus holds series of a pack, and how they are labelled. */
export type Trace = {
  readonly pack: string;
  readonly tells: 'traffic' | 'resources';
  /** The job that scrapes them; undefined where they carry none, as pushed series do. */
  readonly job: string | undefined;
  /** Every distinct set of the labels that place or part them: namespace, pod, container, instance, and the labels of the pack's parts. Of containers those in the namespaces of all the others; empty where it was not asked. */
  readonly places: readonly Labels[];
  /** Of containers: those that have a quota of their own. */
  readonly bounded?: readonly Labels[];
};

/** A job that a Prometheus scrapes; `isUp`: at least one of its instances can be reached right now. */
export type ScrapedJob = { readonly job: string; readonly isUp: boolean };
