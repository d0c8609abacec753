// A process of its own that works in a vault: `storm` until it is killed, `add` as a command line does, `grow` past what
// the disk takes.
// Every act is told on standard output before it is begun and once it is done, so that whoever kills it knows what must
// be there afterwards.

import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { createVault } from '../../electron/vault/vault.ts'
import { fixedKeychain, quickStretch } from './fixed-keychain.ts'
import { identityRecord } from './identity-record.ts'
import { marker } from './vault-marker.ts'

const [mode = '', folder = '', name = '', count = '0'] = process.argv.slice(2)
const say = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`)
const vault = createVault(join(folder, 'vault'), fixedKeychain, { by: 'command-line', stretch: quickStretch })
const secretOf = (handle: string, version: number) => Buffer.from(`${marker} ${handle} ${version}`)

async function done(act: object, result: { ok: boolean } | undefined) {
  if (!result?.ok) throw new Error(`refused: ${JSON.stringify([act, result])}`)
  say({ done: act })
}

async function add() {
  for (let n = 0; n < Number(count); n++) {
    const record = identityRecord(`${name} ${n}`)
    await done(
      { add: record.handle },
      await vault.identities.add(record.handle, record, { privateKey: secretOf(record.handle, 0) }),
    )
    const { records } = await vault.identities.list()
    const shared = records.find(({ plan }) => plan.name === 'shared')?.handle ?? ''
    const mark = `${name}.${n}`
    await done({ mark }, await vault.identities.change(shared, (it) => ({ ...it, accepted: [...it.accepted, mark] })))
  }
}

async function storm() {
  const pick = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)] as T
  const { records } = await vault.identities.list()
  const alive = new Map(records.map((record) => [record.handle, Number(record.accepted[0])]))
  say({ ready: true })
  for (;;) {
    const [handle, version] = alive.size > 0 ? pick([...alive]) : ['', 0]
    const dice = Math.random()
    if (dice < 0.3 && alive.size < 40) {
      const record = { ...identityRecord('storm'), accepted: ['1'] }
      const act = { handle: record.handle, version: 1 }
      say({ begin: act })
      await done(act, await vault.identities.add(record.handle, record, { privateKey: secretOf(record.handle, 1) }))
      alive.set(record.handle, 1)
    } else if (dice < 0.7 && handle) {
      const act = { handle, version: version + 1 }
      say({ begin: act })
      const secrets = { privateKey: secretOf(handle, version + 1) }
      await done(act, await vault.identities.change(handle, (it) => ({ ...it, accepted: [`${version + 1}`] }), secrets))
      alive.set(handle, version + 1)
    } else if (dice < 0.76 && handle) {
      const act = { handle, version: 0 }
      say({ begin: act })
      await done(act, { ok: await vault.identities.remove(handle) })
      alive.delete(handle)
    } else if (dice < 0.82) await vault.journal.note({ what: 'exported', kind: 'identity', name: 'storm' })
    else if (dice < 0.88) await vault.backups.automatic.run('now')
    else if (dice < 0.94) {
      const passphrase = `${marker} passphrase`
      await done({ passphrase: true }, await vault.setPassphrase(passphrase))
    } else if ((await vault.state()).ways.length === 2)
      await done({ passphrase: false }, await vault.removeWay('passphrase'))
  }
}

/** Makes an identity, then one that is larger than what the disk takes, and says how each went. */
async function grow() {
  for (const size of [1, Number(count)]) {
    const record = identityRecord(`${name} ${size}`)
    const secret = Buffer.alloc(size, 7)
    const added = await vault.identities.add(record.handle, record, { privateKey: secret })
    say({ added: added.ok ? true : added.problem.code })
  }
  const { records, damaged } = await vault.identities.list()
  say({ records: records.length, damaged })
}

const modes: Record<string, () => Promise<void>> = { storm, add, grow }
await modes[mode]?.()
