/** The organisation of a name spelt as RFC 2253, still escaped: good for comparing, not for showing. */
export function organisationOf(name: string | undefined): string | undefined {
  return /(?:^|[,+])O=((?:\\.|[^,+\\])*)/.exec(name ?? '')?.[1]
}
