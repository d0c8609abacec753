import { expect, it } from 'vitest'
import { createWorks } from '../../electron/works.ts'
import { ok, refuse } from '../../shared/result.ts'

const never = () => new Promise<never>(() => {})

it('answers a cancelled job at once, even one that never ends', async () => {
  const works = createWorks()
  const answer = works.run('w', never)
  works.cancel('w')
  expect(await answer).toEqual(refuse({ code: 'app.cancelled' }))
})

it('tells the job that it was cancelled, so that it stores nothing', async () => {
  const works = createWorks()
  let committed: boolean | undefined
  let go = () => {}
  const running = works.run('w', async (_, commit) => {
    await new Promise<void>((resolve) => {
      go = resolve
    })
    committed = commit()
    return ok(1)
  })
  works.cancel('w')
  await running
  go()
  await Promise.resolve()
  expect(committed).toBe(false)
})

it('does not cancel what has passed its point of no return', async () => {
  const works = createWorks()
  const answer = works.run('w', async (_, commit) => {
    const may = commit()
    works.cancel('w')
    await new Promise((resolve) => setTimeout(resolve, 5))
    return ok(may)
  })
  expect(await answer).toEqual(ok(true))
})

it('refuses a second job under the name of a running one', async () => {
  const works = createWorks()
  void works.run('w', never)
  expect(await works.run('w', async () => ok(1))).toEqual(refuse({ code: 'app.input-invalid', field: 'work' }))
  works.cancel('w')
})

it('gives a name free again, and lets a fault through to the door', async () => {
  const works = createWorks()
  const fault = works.run('w', async () => {
    throw new Error('bug')
  })
  await expect(fault).rejects.toThrow('bug')
  expect(await works.run('w', async () => ok(2))).toEqual(ok(2))
})

it('does nothing when there is nothing to cancel', () => {
  expect(() => createWorks().cancel('w')).not.toThrow()
})
