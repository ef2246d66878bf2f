/** Something a reader of the result should know; it travels with the value it concerns. */
export type Note = {
  readonly about: 'data' | 'load' | 'configuration' | 'analysis' | 'safety';
  readonly text: string;
};

/** What may end the target, and what the load itself came to: a reader should know of it before anything else. */
export const isUrgent = ({ about }: Note): boolean => about === 'safety' || about === 'load';
