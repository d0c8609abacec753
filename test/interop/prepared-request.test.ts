import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { preparedCall } from '../../shared/handover/hand-texts.ts'
import { stepsOf } from '../../shared/handover/usual-steps.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
import { nuapayPlan } from '../support/plans.ts'
import { openTestDesk, value } from '../support/test-means.ts'

// The request that is prepared for a provider's interface, sent by curl as it stands: only the address is the stand-in's.

// The stand-in answers from this very process, so nothing here may wait without letting it.
const run = promisify(execFile)

const desk = openTestDesk()
desk.outside.now = new Date()
afterAll(() => desk.call('stopPractice', {}))

describe('the request that is prepared for Nuapay', () => {
  it('puts the certificate on file when curl sends it, with the API key from the environment', async () => {
    const { handle } = value(await desk.call('createIdentity', { work: 'w', plan: nuapayPlan }))
    const { certificatePem } = value(await desk.call('selfSign', { identity: handle, days: 365 }))
    value(await desk.call('startPractice', { provider: 'nuapay', environment: 'sandbox' }))
    const { running } = value(await desk.call('practiceState', {}))
    writeFileSync(join(desk.folder, 'ca.pem'), running!.serverCaPem)

    const profile = builtInProfiles.find(({ id }) => id === 'nuapay')!
    const upload = stepsOf(profile, 'sandbox').find(({ id }) => id === 'upload')!
    const { curl } = preparedCall(upload, profile, { plan: nuapayPlan, certificatePem })!
    const line = curl
      .trimEnd()
      .replace('https://sandbox.nuapay.com/tpp/certificates', `${running!.portalUrl}/certificates`)
      .replace('curl --config -', 'curl --config - --silent --show-error --verbose --cacert ca.pem')
    const env = { PATH: process.env.PATH, NUAPAY_API_KEY: 'key-4711' }
    const answer = await run('sh', ['-c', `${line} 2>sent.txt`], { cwd: desk.folder, env, timeout: 10_000 })
    expect(answer.stdout).toContain('BEGIN CERTIFICATE')

    const told = readFileSync(join(desk.folder, 'sent.txt'), 'utf8')
    expect(told).toContain(`Authorization: Basic ${Buffer.from('key-4711:').toString('base64')}`)
    expect(told).toMatch(/^< HTTP\/1\.1 201/m)
    const asked = ['-s', '--cacert', 'ca.pem', `${running!.portalUrl}/certificates`]
    const onFile = await run('curl', asked, { cwd: desk.folder, timeout: 10_000 })
    const sha256 = createHash('sha256').update(new X509Certificate(certificatePem!).raw).digest('hex')
    expect(onFile.stdout).toContain(sha256)
  })
})
