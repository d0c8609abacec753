/** A key that does something, as it is pressed where Ctrl is the key for commands; on a Mac that is ⌘. */
export type Shortcut = { id: string; keys: readonly string[]; does: string }

type Group = { title: string; shortcuts: readonly Shortcut[] }

/**
 * Every key that the app listens for itself, in the order in which they are shown. The window, the guide and the tests
 * read this one list. Keys that every program has (Tab, Enter, copy, undo) are not in it.
 */
export const shortcutGroups: readonly Group[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { id: 'palette', keys: ['Ctrl', 'K'], does: 'Command palette: rooms, identities, everything one can do' },
      { id: 'keys', keys: ['?'], does: 'These keys' },
      { id: 'guide', keys: ['F1'], does: 'The guide, at what fits the room' },
      { id: 'panes', keys: ['F6'], does: 'To the next part of the window; with Shift to the one before' },
      { id: 'back', keys: ['Alt', '←'], does: 'Back to where you were' },
      { id: 'rooms', keys: ['Ctrl', '1…6'], does: 'To a room, in the order of the list at the left' },
      { id: 'settings', keys: ['Ctrl', ','], does: 'Settings' },
      { id: 'new', keys: ['Ctrl', 'N'], does: 'New identity' },
      { id: 'open', keys: ['Ctrl', 'O'], does: 'Open files in the inspector' },
      { id: 'paste', keys: ['Ctrl', 'V'], does: 'Inspect what is on the clipboard, outside of a field' },
      { id: 'clipboard', keys: ['Ctrl', 'Shift', 'V'], does: 'Inspect the clipboard from anywhere' },
      { id: 'zoom', keys: ['Ctrl', '+'], does: 'Larger; Ctrl - is smaller, Ctrl 0 the usual size' },
      { id: 'escape', keys: ['Esc'], does: 'Closes what is open above the room: menu, dialog, guide' },
    ],
  },
  {
    title: 'Lists and trees',
    shortcuts: [
      { id: 'arrows', keys: ['↑', '↓'], does: 'Through the lines' },
      { id: 'ends', keys: ['Home', 'End'], does: 'First and last line' },
      { id: 'tree', keys: ['←', '→'], does: 'Close and open what is below a line of a tree' },
      { id: 'type', keys: ['A…Z'], does: 'In a tree or a menu: the next line that begins so' },
      { id: 'all', keys: ['Ctrl', 'A'], does: 'In the list of identities: choose all that are shown' },
    ],
  },
  {
    title: 'Inspect',
    shortcuts: [
      { id: 'find', keys: ['Ctrl', 'F'], does: 'Search the objects' },
      { id: 'compare', keys: ['Ctrl', 'D'], does: 'Compare two objects' },
    ],
  },
  {
    title: 'Calendar',
    shortcuts: [
      { id: 'time', keys: ['←', '→'], does: 'Earlier and later' },
      { id: 'axis', keys: ['+', '-'], does: 'A shorter and a longer time' },
      { id: 'today', keys: ['T'], does: 'To today' },
    ],
  },
]
