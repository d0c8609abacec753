import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { writeChosen } from './save-object.ts'

/** Writes a repaired file where the user says. The file it was made from stays as it is. */
export const saveRepaired =
  (means: Means): Handlers['saveRepaired'] =>
  async ({ inspection, object }) => {
    const repaired = await means.inspections.ask(inspection, (reading) => reading.repaired(object))
    if (!repaired.ok) return repaired
    const name = repaired.value.fileName.split(/[\\/]/).pop() ?? ''
    const extension = name.split('.').pop() ?? 'pem'
    return writeChosen(means, repaired.value, { title: 'Save the repaired file', name, extension })
  }
