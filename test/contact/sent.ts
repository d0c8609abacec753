import { execFileSync } from 'node:child_process'

/**
 * Packets that have left the network this test runs in, which `scripts/contact.mjs` made: name look-ups, connections,
 * datagrams, broadcasts, of whatever process. What stays on this computer (127.0.0.1) is not among them.
 */
export function sent(): number {
  const sink = process.env.COUNTERSIGN_SINK
  if (!sink) throw new Error('Nothing is counted here: run it by npm run test:contact')
  const [link] = JSON.parse(execFileSync('/usr/sbin/ip', ['-s', '-j', 'link', 'show', sink], { encoding: 'utf8' }))
  return link.stats64.tx.packets
}
