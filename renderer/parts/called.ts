/** A provider in the middle of a sentence: by its name, or “the provider” where the user has not said which. */
export const called = (provider: { id: string; name: string }): string =>
  provider.id === 'other' ? 'the provider' : provider.name

export const calledOf = (identity: { provider: string; providerName: string }): string =>
  called({ id: identity.provider, name: identity.providerName })
