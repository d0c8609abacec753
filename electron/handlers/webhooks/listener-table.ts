import type { listenerCalls } from '../../../shared/calls/listener.ts'
import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { clearArrivals, listArrivals, readArrival, saveArrivals } from './arrivals.ts'
import { chooseClientCa } from './choose-client-ca.ts'
import { changeWebhookAnswer, readListenerSetup, startListener } from './listener.ts'

/** Who answers the calls of `shared/calls/listener.ts`. */
export const listenerHandlers = (
  means: Means,
): Pick<Handlers, Exclude<keyof typeof listenerCalls, 'listenerState'>> => ({
  readListenerSetup: readListenerSetup(means),
  startListener: startListener(means),
  stopListener: async () => ok(await means.listening.stop()),
  changeWebhookAnswer: changeWebhookAnswer(means),
  chooseClientCa: chooseClientCa(means),
  listArrivals: listArrivals(means),
  readArrival: readArrival(means),
  clearArrivals: clearArrivals(means),
  saveArrivals: saveArrivals(means),
  // What issues certificates and calls out is loaded when it is asked for.
  replayArrival: async (input) => (await import('./replay-arrival.ts')).replayArrival(means)(input),
  playProvider: async (input) => (await import('./play-provider.ts')).playProvider(means)(input),
})
