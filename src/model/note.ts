/** Something a reader of the result should know; it travels with the value it concerns. */
export type Note = {
  readonly about: 'data' | 'load' | 'configuration' | 'analysis' | 'safety';
  readonly text: string;
};
