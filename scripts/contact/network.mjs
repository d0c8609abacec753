// @ts-check
// A network of its own in which everything that leaves is counted: a name server, a default route, IPv4 and IPv6, all of
// which lead to one interface without another end. Whoever looks a name up or connects sends a packet there.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { atInterrupt, run, tail } from '../run.mjs'
import { Refusal } from '../say.mjs'

/** The interface that everything leaves by. */
export const sink = 'sink'
const drain = 'drain'

/** Addresses for documentation (RFC 5737, RFC 3849): nobody is there. */
const here = { v4: '198.51.100.1', v6: '2001:db8::1', nameServer: '198.51.100.53' }

/** The kernel says hello on a new interface; then it is quiet. */
const settleMs = 4000

/** @param {string[]} args */
async function ip(...args) {
  const { code, stdout, stderr } = await run('ip', args)
  if (code !== 0) throw new Refusal(`ip ${args.join(' ')} failed`, tail(stderr, 3))
  return stdout
}

export async function openNetwork() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Refusal('A network of its own, in which every packet is counted, can only be made by root on Linux', [
      'Run it with sudo, or in a container: npm run test:contact',
    ])
  }
  const name = `countersign-${process.pid}`
  const files = join('/etc/netns', name)
  const remove = () => {
    rmSync(files, { recursive: true, force: true })
    void run('ip', ['netns', 'delete', name])
  }
  const forget = atInterrupt(remove)
  mkdirSync(files, { recursive: true })
  // `ip netns exec` shows these in place of the machine's own.
  writeFileSync(join(files, 'resolv.conf'), `nameserver ${here.nameServer}\noptions timeout:1 attempts:1\n`)
  writeFileSync(join(files, 'nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n')
  await ip('netns', 'add', name)
  await ip('-n', name, 'link', 'set', 'lo', 'up')
  // A pair of which nobody reads the other end; not every kernel has the dummy interfaces that would do as well.
  await ip('-n', name, 'link', 'add', sink, 'arp', 'off', 'type', 'veth', 'peer', 'name', drain)
  // Router solicitations and a random address would be packets of the kernel's own.
  for (const setting of ['accept_ra=0', 'router_solicitations=0', 'accept_dad=0', 'use_tempaddr=0']) {
    const [key, value] = setting.split('=')
    await run('ip', ['netns', 'exec', name, 'sh', '-c', `echo ${value} > /proc/sys/net/ipv6/conf/${sink}/${key}`])
  }
  await ip('-n', name, 'address', 'add', `${here.v4}/24`, 'dev', sink)
  await ip('-n', name, 'link', 'set', drain, 'up')
  await ip('-n', name, 'link', 'set', sink, 'up')
  await ip('-n', name, 'route', 'add', 'default', 'dev', sink)
  // A kernel without IPv6 has nothing to count there.
  await run('ip', ['-n', name, '-6', 'address', 'add', `${here.v6}/64`, 'dev', sink, 'nodad'])
  await run('ip', ['-n', name, '-6', 'route', 'add', 'default', 'dev', sink])
  await wait(settleMs)
  return {
    /** How a command is run in it. @param {string[]} command */
    inside: (...command) => /** @type {[string, string[]]} */ (['ip', ['netns', 'exec', name, ...command]]),
    /** Packets that have left so far. */
    sent: async () => JSON.parse(await ip('-n', name, '-s', '-j', 'link', 'show', sink))[0].stats64.tx.packets,
    close: async () => {
      forget()
      rmSync(files, { recursive: true, force: true })
      await run('ip', ['netns', 'delete', name])
    },
  }
}
