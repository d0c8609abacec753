import type { conversionCalls } from '../../../shared/calls/conversion.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { convertFiles } from './convert-files.ts'
import { previewConversion } from './preview-conversion.ts'

/** Who answers the calls of `shared/calls/conversion.ts`. */
export const conversionHandlers = (means: Means): Pick<Handlers, keyof typeof conversionCalls> => ({
  previewConversion: previewConversion(means),
  convertFiles: convertFiles(means),
})
