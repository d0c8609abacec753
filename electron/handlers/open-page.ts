import { sourceOf } from '../../shared/providers/plan.ts'
import { ok, refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

/** Opens a page that a provider's profile names. The page asks by topic: it has no way to name an address. */
export const openPage =
  ({ providers, browse }: Means): Handlers['openPage'] =>
  async (page) => {
    const profile = await providers.find(page.provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: page.provider })
    const url = page.topic === 'provider-submit' ? profile.submit.url : sourceOf(profile, page.source)?.url
    // The profile's schema says https already; a browser is given nothing that was not looked at here.
    if (url === undefined || !isHttps(url)) return refuse({ code: 'app.input-invalid', field: 'topic' })
    await browse(url)
    return ok({})
  }

const isHttps = (url: string) => URL.canParse(url) && new URL(url).protocol === 'https:'
