/** A step that answered less than this share of what was offered did not keep up: its latency grows for as long as it lasts. */
const share = 0.98;

/** Whether a rate of answers is all that was offered, but for chance. */
export const keptUp = (answered: number, offered: number): boolean => answered >= share * offered;
