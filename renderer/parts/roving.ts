/**
 * One stop for Tab in a group of choices, as in any radio group: the chosen one, or the first where none is. The arrow
 * keys walk among the others.
 */
export const tabStop = (value: string, chosen: string | undefined, all: readonly string[]): 0 | -1 =>
  value === (chosen !== undefined && all.includes(chosen) ? chosen : all[0]) ? 0 : -1
