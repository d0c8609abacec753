/** Given to the app, what follows is a command line: the app runs it and ends, without a window. */
export const commandSwitch = '--run-command'

/** Given at login: the app runs without a window, and reminds. */
export const backgroundSwitch = '--background'
