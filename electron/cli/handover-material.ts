import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type CheckItem, checklistOf, handoverFactsOf } from '../../shared/handover/checklist.ts'
import type { HandedIdentity } from '../../shared/handover/hand-texts.ts'
import { type Sheet, sheetOf } from '../../shared/handover/sheet.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { readRequest } from '../../shared/pki/request.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { evidenceFor } from '../handlers/handover/read-handover.ts'
import { sheetFor } from '../handlers/handover/save-sheet.ts'
import { certificateFactsOf, requestFactsOf } from '../handlers/identity-detail.ts'
import { createReader } from '../reader-client.ts'
import { createArrivals } from '../webhooks/arrivals.ts'
import { appFolder } from './app-folder.ts'
import { lockedAppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { identityNamed } from './export-material.ts'
import type { Io } from './io.ts'
import { certificatesIn } from './material.ts'
import { answersGiven } from './plan-args.ts'
import { environmentGiven, providerGiven } from './provider.ts'
import { requestIn } from './request-in.ts'
import { testingMeans } from './testing-means.ts'

export type Handed = { profile: Profile; identity: HandedIdentity; items: CheckItem[]; sheet: Sheet }

/** An identity of the app. Its vault stays locked: all that this needs is public. */
export async function handedInApp(args: Arguments, io: Io): Promise<Result<Handed>> {
  const folder = args.one('data') ?? appFolder()
  if (!existsSync(join(folder, 'vault', 'vault.json'))) return refuse({ code: 'vault.none-here', folder })
  const vault = lockedAppVault(folder)
  try {
    const found = await identityNamed({ folder, vault }, args.one('identity') ?? '')
    if (!found.ok) return found
    const record = found.value
    const { plan, certificatePem, requestPem } = record
    const profile = await testingMeans({ folder, vault }, io).providers.find(plan.provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: plan.provider })
    const evidence = await evidenceFor({ vault, arrivals: createArrivals(join(folder, 'arrivals')) }, plan)
    const identity = {
      plan,
      requestPem,
      requestFacts: await requestFactsOf(record),
      ...(certificatePem !== undefined && { certificatePem, certificateFacts: certificateFactsOf(certificatePem) }),
    }
    const items = checklistOf(profile, plan.environment, handoverFactsOf(record), evidence)
    return ok({ profile, identity, items, sheet: await sheetFor(profile, record, evidence, io.now()) })
  } finally {
    await vault.close()
  }
}

/** From files alone: what can be seen is that the certificate is there. */
export async function handedInFiles(args: Arguments, io: Io): Promise<Result<Handed>> {
  const provider = await providerGiven(args)
  if (!provider.ok) return provider
  const profile = provider.value
  if (!profile) return usageProblem('Say --identity NAME, or --provider ID with --request or --cert')
  const environment = environmentGiven(args, profile)
  if (!environment.ok) return environment
  const given = answersGiven(args, profile)
  if (!given.ok) return given
  const request = await requestGiven(args)
  if (!request.ok) return request
  const certificate = await certificateGiven(args, io)
  if (!certificate.ok) return certificate
  const facts = certificate.value?.certificateFacts
  const name = args.one('name') ?? `${profile.name} ${environment.value.name}`
  const plan = { environment: environment.value.id, name, answers: given.value.answers }
  const { issuers = [], ...own } = certificate.value ?? {}
  const identity = { plan, ...request.value, ...own }
  const items = checklistOf(profile, plan.environment, {
    marks: {},
    selfSigned: facts?.selfSigned === true,
    ...(facts?.notBefore !== undefined && { certificateOn: facts.notBefore }),
  })
  const key = 'It is where its owner keeps it.'
  const sheet = sheetOf({ profile, identity: { ...identity, issuers }, items, key, now: io.now() })
  return ok({ profile, identity, items, sheet })
}

async function requestGiven(args: Arguments): Promise<Result<Pick<HandedIdentity, 'requestPem' | 'requestFacts'>>> {
  const path = args.one('request')
  if (path === undefined) return ok({})
  const der = await requestIn(path)
  if (!der.ok) return der
  const read = await readRequest(der.value)
  return ok({ requestPem: toPem('CERTIFICATE REQUEST', der.value), ...(read && { requestFacts: read.facts }) })
}

async function certificateGiven(args: Arguments, io: Io) {
  const path = args.one('cert')
  if (path === undefined) return ok(null)
  const reader = createReader()
  try {
    const found = await certificatesIn(path, reader, io, [])
    if (!found.ok) return found
    const [leaf, ...more] = found.value
    if (!leaf) return refuse({ code: 'file.unknown-kind', name: path })
    const { chain } = await orderChainChecked(
      leaf.der,
      more.map(({ der }) => der),
    )
    const issuers = chain.flatMap((der) => certificateFactsOf(toPem('CERTIFICATE', der)) ?? [])
    return ok({ certificatePem: leaf.pem, certificateFacts: leaf.facts, issuers })
  } finally {
    await reader.close()
  }
}
