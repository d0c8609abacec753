import { z } from 'zod'
import { Handle } from '../identity.ts'
import { InspectionToken, ObjectId } from '../pki/inspect-calls.ts'
import { Nothing } from './inputs.ts'

/**
 * What may be dragged out of the window: what is public, and the encrypted bundle that the last export of an identity
 * wrote. A key without protection has no place here.
 */
export const DragWhat = z.discriminatedUnion('what', [
  z.strictObject({ what: z.enum(['certificate', 'chain', 'request', 'bundle']), identity: Handle }),
  z.strictObject({
    what: z.literal('object'),
    inspection: InspectionToken,
    object: ObjectId,
    format: z.enum(['pem', 'der']),
  }),
])
export type DragWhat = z.infer<typeof DragWhat>

/** Dragging out of the window. */
export const dragCalls = {
  /** Asked while the mouse begins to drag: the system goes on with the file from there. */
  dragOut: { input: DragWhat, output: Nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
