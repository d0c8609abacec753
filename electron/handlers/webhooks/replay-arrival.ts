import { refuse } from '../../../shared/result.ts'
import { bodyOf, headersAgain } from '../../../shared/webhooks/fixture.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { callOut } from '../../webhooks/call-out.ts'
import { findIdentity } from '../identity-detail.ts'
import { openIdentity } from '../open-identity.ts'

/** Sends to another address what a provider has sent here, once its host was confirmed in a dialog of main’s own. */
export const replayArrival =
  (means: Means): Handlers['replayArrival'] =>
  async ({ work, arrival: id, url, identity: handle, trust }) => {
    const arrival = await means.arrivals.find(id)
    if (!arrival) return refuse({ code: 'arrival.gone' })
    if (arrival.kind !== 'request') return refuse({ code: 'arrival.no-request' })
    if (!URL.canParse(url)) return refuse({ code: 'test.url-invalid', url: url.slice(0, 300) })
    const found = handle === null ? null : await findIdentity(means, handle)
    if (found && !found.ok) return found
    const { host } = new URL(url)
    const { headers, leftOut } = headersAgain(arrival)
    const yes = await means.ask.confirm({
      title: `Send this webhook to ${host}?`,
      detail: [
        `${arrival.method} with ${headers.length} headers and ${arrival.bodyBytes ?? 0} bytes, as ${arrival.provider} sent it.`,
        ...(leftOut.length > 0 ? [`Not kept, so left out: ${leftOut.join(', ')}.`] : []),
        ...(found?.ok ? [`It presents the certificate of “${found.value.plan.name}”.`] : []),
      ].join(' '),
      button: 'Send',
    })
    if (!yes) return refuse({ code: 'listener.not-confirmed', host })
    const identity = found?.ok ? await openIdentity(means, found.value) : null
    if (identity && !identity.ok) return identity
    const body = new TextDecoder().decode(bodyOf(arrival))
    return callOut(means, {
      work,
      url,
      method: arrival.method ?? 'POST',
      headers,
      ...(arrival.method !== 'GET' && arrival.method !== 'HEAD' && { body }),
      identity: identity?.value ?? null,
      trust,
    })
  }
