import { version } from '../../package.json'
import { type Arguments, parseArguments, usageProblem } from './args.ts'
import type { Command } from './command.ts'
import { helpFor, overview } from './help.ts'
import type { Io } from './io.ts'
import { refusedByPolicy } from './policy-guard.ts'
import { painter, problemJson, problemLines } from './print.ts'

/** Each command in a file of its own, loaded when it is called: starting should take no longer than it must. */
const commands: Record<string, () => Promise<Command>> = {
  inspect: async () => (await import('./inspect.ts')).inspect,
  verify: async () => (await import('./verify.ts')).verify,
  request: async () => (await import('./request.ts')).request,
  'self-sign': async () => (await import('./self-sign.ts')).selfSign,
  attach: async () => (await import('./attach.ts')).attach,
  renew: async () => (await import('./renew.ts')).renew,
  convert: async () => (await import('./convert.ts')).convert,
  bundle: async () => (await import('./bundle.ts')).bundle,
  export: async () => (await import('./export.ts')).exportFiles,
  test: async () => (await import('./test.ts')).test,
  snippet: async () => (await import('./snippet.ts')).snippet,
  handover: async () => (await import('./handover.ts')).handover,
  explain: async () => (await import('./explain.ts')).explain,
  expiring: async () => (await import('./expiring.ts')).expiring,
  doctor: async () => (await import('./doctor.ts')).doctor,
  revoke: async () => (await import('./revoke.ts')).revoke,
  crl: async () => (await import('./crl.ts')).crl,
  door: async () => (await import('./door.ts')).door,
  'server-config': async () => (await import('./server-config.ts')).serverConfig,
  listen: async () => (await import('./listen.ts')).listen,
  authority: async () => (await import('./authority.ts')).authority,
  sign: async () => (await import('./sign.ts')).sign,
  backup: async () => (await import('./backup.ts')).backup,
  journal: async () => (await import('./journal.ts')).journal,
  import: async () => (await import('./import.ts')).importFiles,
  practice: async () => (await import('./practice.ts')).practice,
  token: async () => (await import('./token.ts')).token,
  providers: async () => (await import('./providers.ts')).providers,
  policy: async () => (await import('./policy.ts')).policy,
}

export const commandNames = Object.keys(commands)

/** Runs one command line. Answers its exit code: 0 good, 1 refused, 2 not understood. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name = '', ...rest] = argv
  if (name === '--version' || name === '-v') {
    io.out(version)
    return 0
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) return withoutCommand(name, rest, jsonAsked(argv), io)
  const command = await load()
  if (rest.some((word, i) => (word === '--help' || word === '-h') && !rest.slice(0, i).includes('--'))) {
    io.out(helpFor(command))
    return 0
  }
  const args = parseArguments(command.options, rest)
  const json = args.ok ? args.value.has('json') : jsonAsked(rest)
  return args.ok ? finish(command, args.value, json, io) : tell(args.problem, json, io)
}

/** Before the options of a command are known: after `--` stands no option. */
const jsonAsked = (argv: readonly string[]) =>
  argv.includes('--json') && !argv.slice(0, argv.indexOf('--json')).includes('--')

async function withoutCommand(name: string, rest: readonly string[], json: boolean, io: Io): Promise<number> {
  const everything = async () => overview(await Promise.all(Object.values(commands).map((load) => load())))
  const about = name === 'help' ? rest.find((word) => word !== '--json') : undefined
  const wanted = about !== undefined && Object.hasOwn(commands, about) ? commands[about] : undefined
  if (wanted) {
    io.out(helpFor(await wanted()))
    return 0
  }
  if (about !== undefined) {
    const { guideOn } = await import('./guide.ts')
    const paint = painter({ colour: io.colour && io.interactive })
    const said = guideOn(rest.filter((word) => word !== '--json').join(' '), paint)
    if (said !== null) {
      io.out(said)
      return 0
    }
  }
  if (name === '--help' || name === '-h' || (name === 'help' && about === undefined)) {
    io.out(await everything())
    return 0
  }
  if (name === '') {
    io.note(await everything())
    return 2
  }
  const says = name.startsWith('-')
    ? `The command stands first, its options after it; commands are ${commandNames.join(', ')}`
    : `${about === undefined ? 'There is no command' : 'There is no command and nothing in the guide called'} “${about ?? name}”; there are ${commandNames.join(', ')}`
  return tell(usageProblem(says).problem, json, io)
}

async function finish(command: Command, args: Arguments, json: boolean, io: Io): Promise<number> {
  const refused = refusedByPolicy(command.name)
  if (refused) return tell(refused, json, io)
  const result = await command.run(args, io)
  if (!result.ok) return tell(result.problem, json, io)
  const { exit, json: value, text } = result.value
  if (json && value !== undefined) io.out(JSON.stringify(value, null, 2))
  if (!json && text) io.out(text())
  return exit
}

function tell(problem: Parameters<typeof problemLines>[0], json: boolean, io: Io): number {
  if (json) io.out(JSON.stringify({ problem: problemJson(problem) }, null, 2))
  io.note(`countersign: ${problemLines(problem, painter({ colour: io.colour && io.interactive }))}`)
  return problem.code === 'cli.usage' ? 2 : 1
}
