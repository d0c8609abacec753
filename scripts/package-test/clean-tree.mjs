// @ts-check
// A Debian with nothing on it, in a folder: made by debootstrap once, kept in the cache, unpacked for each run. Commands run
// in it with mounts and processes of their own, behind a changed root rather than in a chroot, because the kernel gives
// namespaces (and Chromium's sandbox is made of them) to nobody in a chroot.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { atInterrupt, run, start, stopGroup, tail } from '../run.mjs'
import { Refusal } from '../say.mjs'

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Of this machine: the same release from the same mirror, since that is what can be reached. */
function releaseHere() {
  const about = readFileSync('/etc/os-release', 'utf8')
  const suite = /^VERSION_CODENAME=(\S+)/m.exec(about)?.[1]
  const files = [
    '/etc/apt/sources.list.d/debian.sources',
    '/etc/apt/sources.list.d/ubuntu.sources',
    '/etc/apt/sources.list',
  ]
  const sources = files
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const mirror = /(https?:\/\/\S+\/(?:debian|ubuntu)\/?)(?=\s|$)/.exec(sources)?.[1]
  if (!suite || !mirror) throw new Refusal('A clean tree is made of Debian or Ubuntu, and this machine is neither')
  return { suite, mirror }
}

async function archive() {
  const { suite, mirror } = releaseHere()
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'countersign')
  const kept = join(cache, `clean-${suite}.tar`)
  if (existsSync(kept)) return kept
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync('/var/tmp/countersign-debootstrap-')
  try {
    const made = await run('debootstrap', ['--variant=minbase', suite, join(folder, 'tree'), mirror], {
      limitMs: 15 * 60_000,
    })
    if (made.code !== 0)
      throw new Refusal('debootstrap could not make a clean tree', tail(made.stdout + made.stderr, 5))
    const packed = await run('tar', ['-C', join(folder, 'tree'), '-cf', `${kept}.new`, '.'], { limitMs: 5 * 60_000 })
    if (packed.code !== 0) throw new Refusal('The clean tree could not be kept', [packed.stderr])
    renameSync(`${kept}.new`, kept)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return kept
}

/** Inside of namespaces of its own: what a running system has, then the folder becomes the root. */
const settle = `set -e
mount --make-rprivate /
mount --bind "$1" "$1" && cd "$1"
mount -t proc proc proc
mount -t sysfs -o ro sys sys
mount -t tmpfs -o mode=755 dev dev
for device in null zero full random urandom tty; do touch dev/$device; mount --bind /dev/$device dev/$device; done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin; ln -s fd/1 dev/stdout; ln -s fd/2 dev/stderr
mount -t tmpfs -o mode=1777 tmp tmp
mount -t tmpfs -o mode=755 run run
pivot_root . mnt
umount -l /mnt
cd /
echo settled
# Whoever loses its parent is this one's child: a shell that waits takes leave of them.
exec bash -c 'sleep infinity & wait'`

/** @typedef {Awaited<ReturnType<typeof openCleanTree>>} CleanTree */
/** @typedef {{ as?: string, env?: Record<string, string>, limitMs?: number, folder?: string }} How */

export async function openCleanTree() {
  const tar = await archive()
  const root = mkdtempSync('/var/tmp/countersign-clean-')
  const unpacked = await run('tar', ['-C', root, '-xf', tar], { limitMs: 5 * 60_000 })
  if (unpacked.code !== 0) throw new Refusal('The clean tree could not be unpacked', [unpacked.stderr])
  writeFileSync(join(root, 'etc/resolv.conf'), readFileSync('/etc/resolv.conf'))
  const holder = start('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', settle, 'sh', root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const remove = () => {
    stopGroup(holder, 'SIGKILL')
    rmSync(root, { recursive: true, force: true })
  }
  const forget = atInterrupt(remove)
  await new Promise((resolve, reject) => {
    holder.stdout?.once('data', resolve)
    holder.once('close', () =>
      reject(new Refusal('This machine does not let us mount: a clean tree cannot be entered')),
    )
  })
  const inner = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim()
  const into = ['--target', inner, '--mount', '--pid', '--root', '--wd']

  const words = (/** @type {string[]} */ command, /** @type {How} */ { as = 'root', env = {}, folder } = {}) => {
    const home = as === 'root' ? '/root' : `/home/${as}`
    const all = { PATH: path, HOME: home, USER: as, LOGNAME: as, LANG: 'C.UTF-8', ...env }
    const named = Object.entries(all).map(([name, value]) => `${name}=${value}`)
    const who = as === 'root' ? [] : ['runuser', '-u', as, '--']
    return [...into, '--', 'env', '-i', ...named, ...who, 'env', '-C', folder ?? home, ...command]
  }

  return {
    /** @param {string[]} command @param {How & { limitMs?: number, input?: string }} [how] */
    run: (command, how = {}) => run('nsenter', words(command, how), { limitMs: how.limitMs ?? 60_000 }),
    /** @param {string} script @param {How} [how] */
    sh: (script, how = {}) => run('nsenter', words(['bash', '-c', script], how), { limitMs: how.limitMs ?? 60_000 }),
    /** Runs on, until the tree is closed. @param {string[]} command @param {How} [how] */
    start: (command, how = {}) => start('nsenter', words(command, how), { stdio: ['ignore', 'pipe', 'pipe'] }),
    /** Debian's packages, or files. @param {string[]} args */
    apt: (...args) =>
      run('nsenter', words(['apt-get', '-qq', '-y', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } }), {
        limitMs: 10 * 60_000,
      }),
    /** @param {string} file in the tree @param {string | Buffer} content */
    put(file, content) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), content)
    },
    root,
    close() {
      forget()
      remove()
    },
  }
}
