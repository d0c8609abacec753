/** Given to the app, what follows is a command line: the app runs it and ends, without a window. */
export const commandSwitch = '--run-command'
