/** What the exit codes of the program mean. A run ended by a signal exits with 128 + its number. */
export const exitCodes = {
  answered: 0,
  internal: 1,
  usage: 2,
  gate: 3,
  noAnswer: 4,
  safety: 5,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
