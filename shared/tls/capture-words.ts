/** What goes out with a saved recording, in the words of the screens that offer it. */
export const captureNotes = {
  withSecrets:
    'Whoever gets this file can read the whole conversation: the request with its headers and body, tokens and passwords in them included, and the answer. Your private key is not in it.',
  withoutSecrets:
    'Shows addresses, times, and what passed in the clear: both hellos, and in TLS 1.2 the certificates. Request and answer stay closed.',
  keylog:
    'Opens any recording of this one connection, wherever it was made: whoever has both can read the request and the answer. Your private key is not in it.',
} as const
