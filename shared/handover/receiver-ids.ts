/** The receivers by their ids, apart from what is known of them: the contract needs no more. */
export const receiverIds = [
  'openssl',
  'java',
  'java-old',
  'windows',
  'older',
  'fips',
  'postman',
  'insomnia',
  'bruno',
  'hoppscotch',
  'kubernetes',
  'compose',
  'systemd',
  'aws-acm',
  'aws-secrets',
  'azure',
  'gcp',
  'nuapay',
  'colleague',
] as const
export type ReceiverId = (typeof receiverIds)[number]
