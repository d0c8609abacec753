// @ts-check
// Where on the screen the two apps show what is waited for. Both stand at the same place, in light colours.

/** @typedef {import('./starts.mjs').App} App */

/** Written before the first start. Left at 200, 100; below the title of a menu, which is the window's and not the page's. */
export const settings = {
  appearance: 'light',
  window: { x: 200, y: 100, width: 1180, height: 780, maximized: false },
}

/** The colour of what is chosen in light colours; the empty page turns into it when it is clicked. */
const chosen = 0xe3edf8

/** @param {string} executable @returns {App} content: the rail; room: all beside it; clicked: Inspect in the rail */
export const ours = (executable) => ({
  name: 'ours',
  executable,
  content: { x: 201, y: 130, width: 170, height: 320 },
  room: { x: 400, y: 130, width: 970, height: 640 },
  button: { x: 269, y: 190 },
  answer: { x: 217, y: 190, colour: chosen },
})

/** @param {string} executable @returns {App} its only letters are content and room */
export const empty = (executable) => ({
  name: 'empty',
  executable,
  content: { x: 201, y: 130, width: 300, height: 320 },
  room: { x: 201, y: 130, width: 300, height: 320 },
  button: { x: 269, y: 190 },
  answer: { x: 600, y: 400, colour: chosen },
})
