/**
 * Node warns once that Ed25519 and its like are experimental in WebCrypto: of no use to whoever runs a command, and
 * noise for scripts that read standard error. Every other warning is still shown, as Node would.
 */
export function quietCurveWarnings(): void {
  const shown = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' && warning.message.includes('Web Crypto API algorithm')) return
    for (const show of shown) show.call(process, warning)
  })
}
