/** Where some are turned away while others pass, goodput goes on rising with the load: no more than this multiple of what was carried whole counts as sustained, and where nothing was, the lowest load was too much already. */
export const selective = 1.2;
