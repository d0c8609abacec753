import type { ServicePlace } from '../../shared/authority/service-place.ts'
import type { SigningService } from '../../shared/calls/signing-services.ts'

/** What is typed about a signing service. */
export type ServiceAnswers = {
  at: SigningService['at']
  url: string
  label: string
  profile: string
  authKey: string
  plainHttp: boolean
  user: string
  password: string
  identity: string | null
  serverCaPem: string
}

export const emptyService: ServiceAnswers = {
  at: 'cfssl',
  url: '',
  label: '',
  profile: '',
  authKey: '',
  plainHttp: false,
  user: '',
  password: '',
  identity: null,
  serverCaPem: '',
}

/** What is known of a service that is used already; its secret stays where it is. */
export const knownService = (place: ServicePlace): ServiceAnswers => ({
  ...emptyService,
  at: place.at,
  url: place.url,
  label: place.label ?? '',
  profile: place.profile ?? '',
  plainHttp: place.plainHttp ?? false,
  user: place.user ?? '',
  identity: place.identity ?? null,
  serverCaPem: place.serverCaPem ?? '',
})

/** Plain http beyond this computer, which has to be allowed for each address. */
export function isPlainHttp({ url }: Pick<ServiceAnswers, 'url'>): boolean {
  const text = url.trim()
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

/** The answers as the call takes them: empty ones are left out. */
export function serviceOf(answers: ServiceAnswers): SigningService {
  const typed = <K extends 'label' | 'profile' | 'user' | 'serverCaPem'>(key: K) => {
    const value = answers[key].trim()
    return value === '' ? {} : { [key]: value }
  }
  const common = { url: answers.url.trim(), ...typed('label'), ...typed('serverCaPem') }
  if (answers.at === 'est') {
    const { password, identity } = answers
    return { at: 'est', ...common, ...typed('user'), ...(password && { password }), ...(identity && { identity }) }
  }
  const authKey = answers.authKey.trim()
  return { at: 'cfssl', ...common, ...typed('profile'), ...(authKey && { authKey }), plainHttp: answers.plainHttp }
}
